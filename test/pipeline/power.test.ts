import { describe, expect } from "vitest";
import { timeless } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { hasTerminal, typeAtCli } from "../support/terminal.js";

test.beforeEach(async ({ emulator }) => {
  emulator.interfere("acme", { create: s3() });
});

describe("start and stop", () => {
  test("stop, awaited; already there, nothing is sent and nobody is asked; start again", async ({ emulator, run }) => {
    expect(timeless(await run("stop", "acme", "--yes"))).toEqual({
      code: 0,
      stdout: `   connector  status   restarts
✓  acme       STOPPED
`,
      stderr: `connector  what happens  status
acme       stopped       RUNNING → STOPPED
  acme  stop …
  acme  RUNNING T
  acme  STOPPED T
✓ acme  STOPPED T
`,
    });
    expect(emulator.requestLines()).toEqual([
      "GET /connectors 200",
      "GET /connectors/acme/stop 200",
      "GET /connectors 200",
    ]);
    emulator.clearRequests();
    expect(await run("stop", "acme")).toEqual({
      code: 0,
      stdout: 'Connector "acme" is already STOPPED; nothing to do.\n',
      stderr: "",
    });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
    expect(await run("start", "acme", "--yes", "--quiet")).toMatchObject({ code: 0, stderr: "" });
    expect(emulator.connector("acme")?.status).toBe("RUNNING");
  });

  test("a pattern: those that need it, together", async ({ emulator, run }) => {
    emulator.interfere("acme-b", { create: s3() });
    emulator.interfere("globex", { create: s3() });
    emulator.interfere("acme-b", { status: "STOPPED" });
    const { code, stdout } = await run("stop", "acme*", "--yes");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `   connector  status   restarts
✓  acme       STOPPED

Connector "acme-b" is already STOPPED; nothing to do.
`,
    });
    expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
    expect(await run("stop", "nobody*", "--yes")).toEqual({
      code: 1,
      stdout: "",
      stderr: `No connector's name matches "nobody*".\nNext: Run pulumi-dataspace list to see all connectors.\n`,
    });
  });

  test("one that FAILED while it started: exit 4, and what to do", async ({ emulator, run }) => {
    emulator.interfere("acme", { status: "STOPPED" });
    emulator.fault({ call: "start", do: "failAtStart" });
    expect(timeless(await run("start", "acme", "--yes"))).toEqual({
      code: 4,
      stdout: `   connector  status  restarts
✗  acme       FAILED            failed
`,
      stderr: `connector  what happens  status
acme       started       STOPPED → RUNNING
  acme  start …
  acme  STOPPED T
  acme  FAILED T
Could not start connector "acme": it is FAILED after T.
Next: Check its storage settings and credentials (pulumi up pushes corrected ones), then run pulumi-dataspace restart acme.
✗ acme  FAILED T
`,
    });
  });

  test("the time is up: exit 1", async ({ emulator, run }) => {
    emulator.fault({ call: "stop", do: "stuck" });
    const { code, stderr } = timeless(await run("stop", "acme", "--yes", "--timeout", "3s", "--quiet"));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Could not stop connector "acme": still STOPPING after T.
Next: Run pulumi-dataspace wait acme --for STOPPED to keep waiting, or pulumi-dataspace fail acme if it is stuck.
`,
    });
  });

  test("--no-wait sends the one request, and says what would wait", async ({ emulator, run }) => {
    expect(timeless(await run("stop", "acme", "--yes", "--no-wait"))).toEqual({
      code: 0,
      stdout: `   connector  status  restarts
✓  acme

Request sent; not waiting for it (--no-wait). To wait: pulumi-dataspace wait acme --for STOPPED
`,
      stderr: `connector  what happens  status
acme       stopped       RUNNING → STOPPED
  acme  stop …
✓ acme  stop …
`,
    });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/acme/stop 200"]);
  });

  test("--json is the report", async ({ run }) => {
    const { code, stdout } = await run("stop", "acme", "--yes", "--json");
    expect({ code, report: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      report: {
        command: "stop",
        exitCode: 0,
        connectors: [{ key: "acme", name: "acme", result: "done", status: "STOPPED" }],
        plan: { connectors: [{ name: "acme", effects: ["stop"], status: "RUNNING", becomes: "STOPPED" }] },
        requests: { list: 2, stop: 1 },
      },
    });
  });
});

describe("fail", () => {
  test("says what it does, and does it", async ({ emulator, run }) => {
    expect(timeless(await run("fail", "acme", "--yes"))).toEqual({
      code: 0,
      stdout: `   connector  status  restarts
✓  acme       FAILED
`,
      stderr: `connector  what happens        status
acme       forced into FAILED  RUNNING → FAILED
Use this only on a stuck connector: it aborts what the connector is doing, and partners cannot reach it until it is started again.
  acme  fail …
  acme  RUNNING T
  acme  FAILED T
✓ acme  FAILED T
`,
    });
    expect(emulator.mutations()).toEqual(["GET /connectors/acme/fail 200"]);
    expect(await run("fail", "acme")).toMatchObject({
      code: 0,
      stdout: 'Connector "acme" is already FAILED; nothing to do.\n',
    });
  });

  test("takes no pattern", async ({ emulator, run }) => {
    expect(await run("fail", "acme*", "--yes")).toEqual({
      code: 1,
      stdout: "",
      stderr: `fail takes the name of one connector, and "acme*" is a pattern.\nNext: Name the connector that is stuck.\n`,
    });
    expect(emulator.requestLines()).toEqual([]);
  });
});

describe("who agrees", () => {
  test.for(["start", "stop", "restart", "fail"])(
    "%s without a terminal needs --yes",
    async (verb, { emulator, run }) => {
      if (verb === "start") emulator.interfere("acme", { status: "STOPPED" });
      const { code, stdout, stderr } = await run(verb, "acme");
      expect({ code, stdout }).toEqual({ code: 1, stdout: "Cancelled. Nothing was changed.\n" });
      expect(stderr).toMatch(/^connector {2}what happens/);
      expect(stderr).toContain(
        "There is no terminal to confirm in.\nNext: Run the same command with --yes to confirm.\n",
      );
      expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
    },
  );

  describe.skipIf(!hasTerminal)("in a terminal", () => {
    test("yes", async ({ emulator, env }) => {
      const { code, screen } = await typeAtCli(["stop", "acme"], env, "y\r", "Stop acme? [y/N]");
      expect(code).toBe(0);
      expect(screen).toMatch(/^acme +stopped +RUNNING → STOPPED$/m);
      expect(screen).toMatch(/^✓ {2}acme +STOPPED$/m);
      expect(emulator.connector("acme")?.status).toBe("STOPPED");
    });

    test("no", async ({ emulator, env }) => {
      const { code, screen } = await typeAtCli(["fail", "acme"], env, "\r", "Force acme into FAILED? [y/N]");
      expect({ code, last: screen.trim().split("\n").at(-1) }).toEqual({
        code: 1,
        last: "Cancelled. Nothing was changed.",
      });
      expect(emulator.mutations()).toEqual([]);
    });

    test("Ctrl-C", async ({ emulator, env }) => {
      const { code, screen } = await typeAtCli(["restart", "acme"], env, "\u0003", "Restart acme? [y/N]");
      expect({ code, last: screen.trim().split("\n").at(-1) }).toEqual({
        code: 130,
        last: "Cancelled. Nothing was changed.",
      });
      expect(emulator.mutations()).toEqual([]);
    });
  });
});
