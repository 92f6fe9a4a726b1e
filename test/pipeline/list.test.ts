import { describe, expect } from "vitest";
import type { Quirks } from "../../emulator/index.js";
import { runCli } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { test as base } from "../support/fixtures.js";

const test = base.extend(
  "list",
  ({ run }) =>
    (...args: string[]) =>
      run("list", ...args),
);

test.beforeEach(async ({ emulator }) => {
  emulator.interfere("acme", { create: s3() });
  emulator.interfere("globex", { create: {} });
  emulator.interfere("acme-test", { create: s3({ bucketName: "tests" }) });
  emulator.interfere("globex", { status: "STOPPED" });
  emulator.interfere("acme-test", { status: "FAILED" });
});

const whole = `name       status   storage   place  bpn
acme       RUNNING  AmazonS3  acme   BPNL000000903DC1
acme-test  FAILED   AmazonS3  tests  BPNL00003D15991E
globex     STOPPED                   BPNL00002834A2F2
`;

test("all connectors, by name, by one request", async ({ emulator, list }) => {
  expect(await list()).toEqual({ code: 0, stdout: whole, stderr: "" });
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
});

test("entries that have no valid name are left out, and said", async ({ emulator, list }) => {
  emulator.interfere("Acme Edc", { create: {} });
  expect(await list()).toEqual({
    code: 0,
    stdout: whole,
    stderr:
      "warning: The service lists 1 entry whose name is not valid for a connector, so no command can use it: Acme Edc.\n",
  });
});

test("as JSON", async ({ list }) => {
  const { stdout, ...rest } = await list("--json", "--name", "acme");
  expect(rest).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual([
    { name: "acme", status: "RUNNING", storage: "AmazonS3", place: "acme", bpn: "BPNL000000903DC1" },
  ]);
});

describe("filters", () => {
  const names = (stdout: string) => stdout.split("\n").flatMap((line) => /^(acme|globex)\S*/.exec(line)?.[0] ?? []);

  test.for<[flags: string[], wanted: string[]]>([
    [["--status", "stopped"], ["globex"]],
    [["--status", "FAILED", "--name", "acme*"], ["acme-test"]],
    [
      ["--storage", "amazons3"],
      ["acme", "acme-test"],
    ],
    [["--storage", "none"], ["globex"]],
    [
      ["--name", "{acme,globex}"],
      ["acme", "globex"],
    ],
  ])("%j", async ([flags, wanted], { list }) => {
    const { code, stdout } = await list(...flags);
    expect(code).toBe(0);
    expect(names(stdout)).toEqual(wanted);
  });

  test("nothing that fits is said", async ({ list }) => {
    expect(await list("--status", "RUNNING", "--name", "nobody*")).toEqual({
      code: 0,
      stdout: "No connectors.\n",
      stderr: "",
    });
  });
});

describe("whatever the service's list holds", () => {
  test.for<[Partial<Quirks>, string[]]>([
    [{ list: "array" }, []],
    [
      { list: "withoutStatus" },
      ["GET /connectors/acme 200", "GET /connectors/acme-test 200", "GET /connectors/globex 200"],
    ],
    [
      { list: "withoutFields" },
      ["GET /connectors/acme 200", "GET /connectors/acme-test 200", "GET /connectors/globex 200"],
    ],
    [{ statusField: "state", echoSecrets: "clear" }, []],
  ])("%j", async ([quirks, looks], { emulator, list }) => {
    Object.assign(emulator.quirks, quirks);
    expect(await list()).toEqual({ code: 0, stdout: whole, stderr: "" });
    expect(emulator.requestLines().sort()).toEqual(["GET /connectors 200", ...looks]);
  });

  test("a service that refuses to list", async ({ emulator, list }) => {
    emulator.quirks.list = "refused";
    expect(await list()).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "Could not list connectors: the service refuses to list them.\nNext: Name one connector instead of a pattern.\n",
    });
  });

  test.for(["401", "403"] as const)("a token that is refused, by %s", async (unauthorized, { emulator }) => {
    emulator.quirks.unauthorized = unauthorized;
    const { endpoint } = emulator;
    const env = { DATASPACE_ENDPOINT: endpoint, DATASPACE_TOKEN: "sk-wrong" };
    expect(await runCli(["list"], { env })).toEqual({
      code: 1,
      stdout: "",
      stderr: `Could not list connectors: the service refuses the token (${unauthorized}).
Why: Invalid token
Next: Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.
`,
    });
  });
});

test("nothing that a terminal would obey comes from the service", async ({ emulator, list }) => {
  emulator.interfere("acme", { payload: s3({ bucketName: "a\u001b[2Jb" }) });
  expect((await list("--name", "acme")).stdout).toContain("ab");
});

test("without settings, what is missing is said", async () => {
  expect(await runCli(["list"])).toEqual({
    code: 1,
    stdout: "",
    stderr: `Could not use the service: DATASPACE_ENDPOINT is missing; DATASPACE_TOKEN is missing.
Next: Set DATASPACE_ENDPOINT and DATASPACE_TOKEN in the environment (or dataspace:endpoint and, with --secret, dataspace:token in the stack's config).
`,
  });
});

test("another account", async ({ emulator }) => {
  const env = { DATASPACE_B_ENDPOINT: emulator.endpoint, DATASPACE_B_TOKEN: emulator.token };
  expect(await runCli(["list", "--account", "b"], { env })).toMatchObject({ code: 0, stdout: whole });
});
