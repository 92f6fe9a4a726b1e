import { describe, expect } from "vitest";
import type { Report } from "../../pipeline/index.js";
import { beginCli, runCli, timeless } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { hasTerminal, typeAtCli } from "../support/terminal.js";

test.override("emulatorOptions", { startMs: 400, stopMs: 0 });

test.beforeEach(async ({ emulator }) => {
  emulator.interfere("acme", { create: s3() });
});

describe("status", () => {
  test("all that the service says of one connector, by one request, less what is a credential", async ({
    emulator,
    run,
  }) => {
    emulator.quirks.echoSecrets = "clear";
    expect(await run("status", "acme")).toEqual({
      code: 0,
      stdout: `name        acme
status      RUNNING
bpn         BPNL000000903DC1
storage     AmazonS3
bucketName  acme
region      eu-central-1
`,
      stderr: "",
    });
    expect(emulator.requestLines()).toEqual(["GET /connectors/acme 200"]);
    const { stdout } = await run("status", "acme", "--json");
    expect(JSON.parse(stdout)).toEqual({
      name: "acme",
      status: "RUNNING",
      bpn: "BPNL000000903DC1",
      storageType: "AmazonS3",
      storage: { bucketName: "acme", region: "eu-central-1" },
      details: {},
    });
  });

  test("one that isn't there: what was probably meant", async ({ emulator, run }) => {
    expect(await run("status", "acmee")).toEqual({
      code: 1,
      stdout: "",
      stderr: `Could not read connector "acmee": the service has no connector with that name.
Next: Did you mean acme? Run pulumi-dataspace list to see all connectors.
`,
    });
    expect(emulator.requestLines()).toEqual(["GET /connectors/acmee 404", "GET /connectors 200"]);
  });

  test("what is no name never reaches the service", async ({ emulator, run }) => {
    expect(await run("status", "Acme!")).toEqual({
      code: 1,
      stdout: "",
      stderr: `"Acme!" is not a connector's name.
Next: Correct it: use 1 to 16 lower-case letters, digits and dashes, with no dash at either end.
`,
    });
    expect(emulator.requestLines()).toEqual([]);
  });
});

describe("status --watch", () => {
  const words = (stdout: string) =>
    stdout.split("\n").flatMap((line) => /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}(.*)$/.exec(line)?.[1] ?? []);

  test("a line for every change, through its absence, until it is interrupted; exit 0", async ({ emulator, env }) => {
    const { child, ended } = beginCli(["status", "acme", "--watch"], { env });
    let seen = "";
    child.stdout.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      const last = words(seen).at(-1);
      if (last === "RUNNING" && words(seen).length === 1) emulator.interfere("acme", { status: "FAILED" });
      if (last === "FAILED") emulator.interfere("acme", { remove: true });
      if (last === "absent") emulator.interfere("acme", { create: s3() });
      if (last === "RUNNING" && words(seen).length > 1) child.kill("SIGINT");
    });
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(words(stdout)).toEqual(["RUNNING", "FAILED", "absent", "RUNNING"]);
  });

  test("trouble that passes is told and outlasted; --json gives one document, --events every event", async ({
    emulator,
    env,
  }) => {
    emulator.fault({ call: "list", nth: 2, times: 5, do: { status: 503 } });
    const { child, ended } = beginCli(["status", "acme", "--watch", "--json"], { env });
    // By the eighth look the seventh has succeeded.
    await emulator.waitFor(() => emulator.requests.length >= 8);
    child.kill("SIGTERM");
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "warning: the service answered 503; trying again\n" });
    expect(JSON.parse(stdout)).toEqual({ name: "acme", timeline: [{ at: expect.any(Number), status: "RUNNING" }] });
  });

  test("a token that is refused ends it", async ({ env }) => {
    const wrong = { ...env, DATASPACE_TOKEN: "sk-wrong" };
    expect(await runCli(["status", "acme", "--watch"], { env: wrong })).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^Could not watch connector "acme": the service refuses the token \(401\)\.\n/),
    });
  });

  test.skipIf(!hasTerminal)("in a terminal the one line is redrawn", async ({ env }) => {
    const { code, screen } = await typeAtCli(["status", "acme", "--watch"], env, "\u0003", "acme  RUNNING");
    expect(code).toBe(0);
    expect(screen).toMatch(/^ {2}acme {2}RUNNING \d+m?s$/m);
    expect(screen).toMatch(/^(\^C)?acme {2}RUNNING\n$/m);
    expect(screen).not.toMatch(/^\d{4}-/m);
  });
});

describe("wait", () => {
  test("until it is there", async ({ emulator, env }) => {
    emulator.interfere("acme", { status: "STOPPED" });
    const { child, ended } = beginCli(["wait", "acme"], { env });
    let seen = "";
    child.stderr.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      emulator.interfere("acme", { status: seen.includes("STARTING") ? "RUNNING" : "STARTING" });
    });
    expect(timeless(await ended)).toEqual({
      code: 0,
      stdout: "✓ acme  RUNNING\n",
      stderr: "  acme  STOPPED T\n  acme  STARTING T\n  acme  RUNNING T\n✓ acme  RUNNING T\n",
    });
    expect(emulator.mutations()).toEqual([]);
  });

  test("at once where it is there already, by one request", async ({ emulator, run }) => {
    expect(timeless(await run("wait", "acme", "--for", "running"))).toEqual({
      code: 0,
      stdout: "✓ acme  RUNNING\n",
      stderr: "  acme  RUNNING T\n✓ acme  RUNNING T\n",
    });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  });

  test("FAILED ends it at once, with exit 4", async ({ emulator, run }) => {
    emulator.quirks.failedWord = "ERROR";
    emulator.interfere("acme", { status: "FAILED" });
    expect(timeless(await run("wait", "acme", "--for", "RUNNING", "--timeout", "10m"))).toEqual({
      code: 4,
      stdout: "",
      stderr: `  acme  ERROR T
Connector "acme" did not become RUNNING: it is ERROR after T.
Next: Check its storage settings and credentials (pulumi up pushes corrected ones), then run pulumi-dataspace restart acme.
✗ acme  ERROR T
`,
    });
    expect(await run("wait", "acme", "--for", "FAILED")).toMatchObject({ code: 0, stdout: "✓ acme  ERROR\n" });
  });

  test("--json gives the failure as data, whether it ended the wait or the command", async ({ emulator, run }) => {
    const timedOut = await run("wait", "acme", "--for", "STOPPED", "--timeout", "3s", "--json");
    const { connectors } = JSON.parse(timedOut.stdout) as Report;
    expect(connectors[0]?.failure).toEqual({
      code: "WAIT_TIMEOUT",
      facts: { status: "RUNNING", elapsedMs: expect.any(Number) },
    });
    emulator.fault({ call: "get", do: { status: 403, body: '{"detail":"not permitted"}' } });
    const refused = await run("status", "acme", "--json");
    expect(JSON.parse(refused.stdout)).toMatchObject({
      command: "status",
      exitCode: 1,
      failure: {
        code: "UNAUTHORIZED",
        facts: { httpStatus: 403, requestId: expect.any(String), why: "not permitted" },
      },
    });
  });

  test("the time is up: exit 1", async ({ run }) => {
    expect(timeless(await run("wait", "acme", "--for", "STOPPED", "--timeout", "3s", "--quiet"))).toEqual({
      code: 1,
      stdout: "",
      stderr: `Connector "acme" did not become STOPPED: still RUNNING after T.
Next: Wait longer with --timeout, or run pulumi-dataspace fail acme if it is stuck.
`,
    });
  });

  test("for its absence; and one that isn't there is never waited for otherwise", async ({ emulator, env, run }) => {
    const { ended } = beginCli(["wait", "acme", "--for", "absent"], { env });
    await emulator.waitFor(({ call }) => call === "list");
    emulator.interfere("acme", { remove: true });
    expect(await ended).toMatchObject({ code: 0, stdout: "✓ acme  absent\n" });
    expect(await run("wait", "acme")).toEqual({
      code: 1,
      stdout: "",
      stderr: `Could not watch connector "acme": the service has no connector with that name.
Next: Run pulumi-dataspace list to see all connectors.
`,
    });
  });

  test("it vanishes: exit 1", async ({ emulator, env }) => {
    const { ended } = beginCli(["wait", "acme", "--for", "STOPPED"], { env });
    await emulator.waitFor(({ call }) => call === "list");
    emulator.interfere("acme", { remove: true });
    const { code, stderr } = timeless(await ended);
    expect(code).toBe(1);
    expect(stderr).toContain(`Connector "acme" did not become STOPPED: it is gone from the service after T.
Next: Run pulumi-dataspace list to see all connectors.
`);
  });

  test("interrupted: exit 130, with what was seen last", async ({ env }) => {
    const { child, ended } = beginCli(["wait", "acme", "--for", "STOPPED"], { env });
    child.stderr.once("data", () => child.kill("SIGINT"));
    expect(timeless(await ended)).toEqual({
      code: 130,
      stdout: "",
      stderr: `  acme  RUNNING T
Connector "acme" did not become STOPPED: interrupted while it was RUNNING, after T.
Next: Run the same command again.
✗ acme  RUNNING T
`,
    });
  });

  test("a duration that is none", async ({ run }) => {
    expect(await run("wait", "acme", "--timeout", "soon")).toEqual({
      code: 1,
      stdout: "",
      stderr: "Invalid --timeout: it must be a duration.\nNext: Write it like --timeout 10m.\n",
    });
  });
});
