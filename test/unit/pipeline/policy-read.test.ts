import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parsePolicy, readPolicy } from "../../../pipeline/index.js";

const now = new Date("2026-03-04T09:00:00Z");

/** The lines between the headline and the next step. */
function problemsOf(text: string): string[] {
  try {
    parsePolicy(text, "policy.yaml", now);
  } catch (error) {
    return (error as Error).message.split("\n").slice(1, -1);
  }
  return [];
}

const whole = `# yaml-language-server: $schema=./node_modules/pulumi-dataspace/policy.schema.json
version: 1
limits: { creates: 20, restarts: { max: 10, percent: 20 }, destroys: 0, gone: 0 }
allow: { replace: false, credentialPush: true, powerChange: true, adopt: false }
require: { protect: true, credentialReferences: true, names: "^acme-" }
untouchable: [acme, "core-*"]
window: { cron: "0 22 * * 2", duration: 4h, timeZone: Europe/Berlin }
exceptions:
  - { rule: limits.restarts, connectors: ["gx-*"], until: 2026-12-01, reason: OPS-412 }
`;

test("a policy is read as it is written", () => {
  expect(parsePolicy(whole, "policy.yaml", now)).toEqual({
    policy: {
      limits: { creates: 20, restarts: { max: 10, percent: 20 }, destroys: 0, gone: 0 },
      allow: { replace: false, credentialPush: true, powerChange: true, adopt: false },
      require: { protect: true, credentialReferences: true, names: "^acme-" },
      untouchable: ["acme", "core-*"],
      window: { cron: "0 22 * * 2", duration: "4h", timeZone: "Europe/Berlin" },
      exceptions: [{ rule: "limits.restarts", connectors: ["gx-*"], until: "2026-12-01", reason: "OPS-412" }],
      file: "policy.yaml",
    },
    warnings: [],
  });
});

test("JSON will do, with the schema's place for editors", () => {
  const text = JSON.stringify({ $schema: "./policy.schema.json", version: 1, limits: { destroys: 0 } });
  expect(parsePolicy(text, "policy.json", now).policy).toEqual({ limits: { destroys: 0 }, file: "policy.json" });
});

test("all problems are told at once, in the order of the file, each with its place", () => {
  const text = `version: 2
limits:
  creates: -1
  restart: { max: 3 }
  restarts: { percent: 101, max: "3" }
allow:
  replace: yes
  credentialpush: true
require: { names: "(" }
untouchable: core-*
window:
  cron: 0 22 * * TUESDAY
  timeZone: Berlin
exceptions:
  - { rule: limits.restart, connectors: [], until: 2026-02-30 }
  - acme
wat: 1
`;
  expect(() => parsePolicy(text, "ci/policy.yaml", now)).toThrow(
    expect.objectContaining({
      code: "SETTINGS_INVALID",
      message: `Could not use the policy ci/policy.yaml: 18 problems.
ci/policy.yaml:1:1: version: must be 1, the version of this format
ci/policy.yaml:3:3: limits.creates: must be a whole number, 0 or more
ci/policy.yaml:4:3: limits.restart: unknown property; did you mean restarts?
ci/policy.yaml:5:15: limits.restarts.percent: must be a number from 0 to 100
ci/policy.yaml:5:29: limits.restarts.max: must be a whole number, 0 or more
ci/policy.yaml:7:3: allow.replace: must be true or false
ci/policy.yaml:8:3: allow.credentialpush: unknown property; did you mean credentialPush?
ci/policy.yaml:9:12: require.names: is not a regular expression
ci/policy.yaml:10:1: untouchable: must be a list of globs
ci/policy.yaml:11:1: window.duration: missing; give a value
ci/policy.yaml:12:3: window.cron: is not five fields of cron (Syntax error, a month or day name has to stand alone ('TUESDAY')); write it like 0 22 * * 2
ci/policy.yaml:13:3: window.timeZone: is not a time zone; did you mean Europe/Berlin?
ci/policy.yaml:15:5: exceptions[0].reason: missing; give a value
ci/policy.yaml:15:7: exceptions[0].rule: is not a rule; did you mean limits.restarts?
ci/policy.yaml:15:29: exceptions[0].connectors: is empty; name the connectors
ci/policy.yaml:15:45: exceptions[0].until: must be a date, written like 2026-12-01
ci/policy.yaml:16:5: exceptions[1]: must be an object with rule, connectors, until and reason
ci/policy.yaml:17:1: wat: unknown property; remove it
Next: Correct ci/policy.yaml; an editor completes and checks it when its first line is # yaml-language-server: $schema=./node_modules/pulumi-dataspace/policy.schema.json`,
    }),
  );
});

describe("a text that is none", () => {
  test.each([
    ["", ["policy.yaml:1:1: must be an object of properties, beginning with version: 1"]],
    ["# nothing\n", ["policy.yaml:1:1: must be an object of properties, beginning with version: 1"]],
    ["limits: {}", ["policy.yaml:1:1: version: missing; give a value"]],
    ["version: 1\nlimits:\n", ["policy.yaml:2:1: limits: must be an object with properties; add some, or remove it"]],
    [
      "version: 1\nlimits: [1]\n",
      ["policy.yaml:2:1: limits: must be an object with properties; add some, or remove it"],
    ],
    ["version: 1\nversion: 1", ["policy.yaml:2:1: version: is given twice; keep one of them"]],
    ["version: 1\n__proto__: { polluted: true }", ["policy.yaml:2:1: __proto__: unknown property; remove it"]],
    ['version: 1\n"a\\e[31mb": 1', ["policy.yaml:2:1: [(unprintable)]: unknown property; remove it"]],
    [
      "version: 1\nuntouchable: *acme",
      [
        "policy.yaml:2:14: untouchable: is an alias (*) without an anchor (&) before it; set the anchor, or write out the value",
      ],
    ],
    [
      "version: 1\nuntouchable: [acme",
      [
        "policy.yaml:2:19: is indented differently from its neighbours, or an earlier bracket, brace or quote is not closed",
      ],
    ],
    [
      "version: 1\n---\nversion: 1",
      ["policy.yaml:2:1: begins a second document; keep one document in the file, and remove the line ---"],
    ],
    [
      "version: !secret 1",
      ["policy.yaml:1:18: version: has a tag (!), which is not supported; remove it, and put a string in quotes"],
    ],
  ])("%j", (text, problems) => expect(problemsOf(text)).toEqual(problems));
});

test("aliases are followed, and problems in them told where they are written", () => {
  expect(
    problemsOf(
      "version: 1\nuntouchable: &core [core-1, 2]\nexceptions: [{ rule: window, connectors: *core, until: 2026-12-01, reason: x }]",
    ),
  ).toEqual([
    "policy.yaml:2:29: untouchable[1]: must be a glob",
    "policy.yaml:2:29: exceptions[0].connectors[1]: must be a glob",
  ]);
});

describe("windows", () => {
  const at = (window: string) => problemsOf(`version: 1\nwindow: ${window}`);
  test.each([
    [
      '{ cron: "* * * * * *", duration: 1h, timeZone: UTC }',
      "policy.yaml:2:11: window.cron: is not five fields of cron (mode '5-part' requires exactly 5 parts, but pattern '* * * * * *' has 6 parts); write it like 0 22 * * 2",
    ],
    [
      '{ cron: "0 0 30 2 *", duration: 1h, timeZone: UTC }',
      "policy.yaml:2:11: window.cron: names a day that never comes; write it like 0 22 * * 2",
    ],
    [
      '{ cron: "0 0 * * *", duration: 0h, timeZone: UTC }',
      'policy.yaml:2:30: window.duration: is not a duration above 0; write it like "4h", "90m" or "1h30m"',
    ],
    [
      '{ cron: "0 0 * * *", duration: 1h, timeZone: Europa/Berlin }',
      "policy.yaml:2:44: window.timeZone: is not a time zone; did you mean Europe/Berlin?",
    ],
    [
      '{ cron: "0 0 * * *", duration: 1h, timeZone: Middle-earth }',
      "policy.yaml:2:44: window.timeZone: is not a time zone; write it like Europe/Berlin",
    ],
  ])("%s", (window, problem) => expect(at(window)).toEqual([problem]));
});

describe("exceptions end", () => {
  const exception = '- { rule: untouchable, connectors: ["gx-*", acme], until: 2026-03-03, reason: OPS-412 }';
  const warning = `policy.yaml:3:3: the exception from untouchable for gx-*, acme (OPS-412) ended on 2026-03-03 and is ignored.
Next: Remove it, or set a later date.`;
  const warningsAt = (moment: string, window = "") =>
    parsePolicy(
      `version: 1\nexceptions:\n${exception}\n${window}`.replace("\n-", "\n  -"),
      "policy.yaml",
      new Date(moment),
    ).warnings;

  test("with the last day, in UTC", () => {
    expect(warningsAt("2026-03-03T23:59:59Z")).toEqual([]);
    expect(warningsAt("2026-03-04T00:00:00Z")).toEqual([warning.replace("3:3", "3:5")]);
  });
  test("in the window's time zone, where there is one", () => {
    const window = 'window: { cron: "0 22 * * 2", duration: 4h, timeZone: Europe/Berlin }';
    expect(warningsAt("2026-03-03T22:59:59Z", window)).toEqual([]);
    expect(warningsAt("2026-03-03T23:00:00Z", window)).toHaveLength(1);
  });
});

describe("files", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-policy-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("are read", async () => {
    const file = join(folder, "policy.yaml");
    await writeFile(file, whole);
    await expect(readPolicy(file, now)).resolves.toMatchObject({ policy: { file, limits: { creates: 20 } } });
  });
  test("that are not there are told by name", async () => {
    await expect(readPolicy(join(folder, "none.yaml"))).rejects.toThrow(
      `Could not read the policy ${folder}/none.yaml: there is no such file.\nNext: Correct its path, or make the file readable.`,
    );
    await expect(readPolicy(folder)).rejects.toThrow(`Could not read the policy ${folder}: EISDIR.`);
  });
});
