import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { runCli } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { Folder } from "../support/folder.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await Emulator.start();
  emulator.interfere("acme", { create: s3() });
});
afterEach(() => emulator.close());

const env = () => ({ DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token });
const run = (...args: string[]) => runCli(args, { env: env() });

describe("policy", () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await Folder.create();
  });
  afterEach(() => folder.remove());

  test.each([
    ["stop", "version: 1\nallow: { powerChange: false }\n", "allow.powerChange"],
    ["fail", 'version: 1\nuntouchable: ["ac*"]\n', "untouchable"],
    ["restart", "version: 1\nlimits: { restarts: { max: 0 } }\n", "limits.restarts"],
    ["restart", "version: 1\nlimits: { restarts: { percent: 50 } }\n", "limits.restarts"],
  ])("%s is refused: exit 3, and nothing was changed", async (verb, policy, rule) => {
    const file = await folder.write("policy.yaml", policy);
    const { code, stdout, stderr } = await run(verb, "acme", "--yes", "--policy", file, "--json");
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 3, violations: [{ rule, connectors: ["acme"] }] });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  });

  test("what is refused, and why, for people", async () => {
    expect(await run("stop", "acme", "--yes", "--no-power-change")).toEqual({
      code: 3,
      stdout: `connector  what happens  status
acme       stopped       RUNNING → STOPPED

Refused by policy, 1 rule:
✗ allow.powerChange: 1 connector would be started or stopped (acme); --no-power-change forbids it.
  Next: Take back what starts or stops them, leave them out (--exclude GLOB), or run without --no-power-change.
`,
      stderr: "",
    });
  });

  test("limits count all of the account's connectors", async () => {
    const file = await folder.write("policy.yaml", "version: 1\nlimits: { restarts: { percent: 50 } }\n");
    emulator.interfere("globex", { create: s3() });
    expect(await run("restart", "acme", "--yes", "--policy", file)).toMatchObject({ code: 0 });
    expect(await run("restart", "*", "--yes", "--policy", file)).toMatchObject({ code: 3 });
  });

  test("a policy that is wrong is told before anything is asked", async () => {
    const file = await folder.write("policy.yaml", "version: 1\nlimit: {}\n");
    const { code, stderr } = await run("stop", "acme", "--yes", "--policy", file);
    expect(code).toBe(1);
    expect(stderr).toContain("policy.yaml:2:1: limit: unknown property; did you mean limits?");
    expect(emulator.requestLines()).toEqual([]);
  });
});
