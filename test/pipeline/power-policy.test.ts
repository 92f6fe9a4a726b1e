import { describe, expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";

test.beforeEach(async ({ emulator }) => {
  emulator.interfere("acme", { create: s3() });
});

describe("policy", () => {
  test.for<[verb: string, policy: string, rule: string]>([
    ["stop", "version: 1\nallow: { powerChange: false }\n", "allow.powerChange"],
    ["fail", 'version: 1\nuntouchable: ["ac*"]\n', "untouchable"],
    ["restart", "version: 1\nlimits: { restarts: { max: 0 } }\n", "limits.restarts"],
    ["restart", "version: 1\nlimits: { restarts: { percent: 50 } }\n", "limits.restarts"],
  ])("%s is refused: exit 3, and nothing was changed", async ([verb, policy, rule], { emulator, run, folder }) => {
    const file = await folder.write("policy.yaml", policy);
    const { code, stdout, stderr } = await run(verb, "acme", "--yes", "--policy", file, "--json");
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 3, violations: [{ rule, connectors: ["acme"] }] });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  });

  test("what is refused, and why, for people", async ({ run }) => {
    expect(await run("stop", "acme", "--yes", "--no-power-change")).toEqual({
      code: 3,
      stdout: `connector  what happens  status
acme       stopped       RUNNING → STOPPED

Refused by policy, 1 rule:
✗ allow.powerChange: 1 connector would be started or stopped (acme); --no-power-change forbids it.
  Next: Revert what starts or stops them, leave them out (--exclude GLOB), or run without --no-power-change.
`,
      stderr: "",
    });
  });

  test("limits count all of the account's connectors", async ({ emulator, run, folder }) => {
    const file = await folder.write("policy.yaml", "version: 1\nlimits: { restarts: { percent: 50 } }\n");
    emulator.interfere("globex", { create: s3() });
    expect(await run("restart", "acme", "--yes", "--policy", file)).toMatchObject({ code: 0 });
    expect(await run("restart", "*", "--yes", "--policy", file)).toMatchObject({ code: 3 });
  });

  test("a policy that is wrong is told before anything is asked", async ({ emulator, run, folder }) => {
    const file = await folder.write("policy.yaml", "version: 1\nlimit: {}\n");
    const { code, stderr } = await run("stop", "acme", "--yes", "--policy", file);
    expect(code).toBe(1);
    expect(stderr).toContain("policy.yaml:2:1: limit: unknown property; did you mean limits?");
    expect(emulator.requestLines()).toEqual([]);
  });
});
