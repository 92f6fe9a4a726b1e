import { expect, test } from "vitest";
import { gate, type Plan, type Policy } from "../../../pipeline/index.js";
import { ruleKeys } from "../../../pipeline/gate/policy/schema.js";
import { declared, planned, planOf } from "../../support/plans.js";

const now = new Date("2026-03-04T09:00:00Z"); // a Wednesday, 10:00 in Berlin
const violationsOf = (policy: Policy, plans: readonly Plan[], options = {}) =>
  gate({ file: "policy.yaml", ...policy }, plans, { now, ...options });

const credential = { path: "amazonS3.secretAccessKeyWrite", credential: true };
const window = { cron: "0 22 * * 2", duration: "4h", timeZone: "Europe/Berlin" };
const create = { effects: ["create"], restarts: 0 } as const;
const destroy = { effects: ["destroy"], restarts: 0, becomes: "absent" } as const;

/** A policy, a plan that it lets pass, one that it refuses, and what it says to that. */
const rows: [policy: Policy, passing: Plan, refused: Plan, connectors: string[], text: string][] = [
  [
    { limits: { creates: 1 } },
    planOf([planned("acme", create), planned("globex")]),
    planOf([planned("acme", create), planned("globex", { ...create, effects: ["gone", "create"] })]),
    ["acme", "globex"],
    "limits.creates: 2 connectors would be created (acme, globex); policy.yaml allows 1.\nNext: Run it in parts (--only GLOB), raise limits.creates in policy.yaml, or add an exception there.",
  ],
  [
    { limits: { restarts: { max: 1 } } },
    planOf([planned("acme"), planned("globex", { effects: ["start"], restarts: 0 })]),
    planOf([planned("acme"), planned("globex", { restarts: 2 })]),
    ["acme", "globex"],
    "limits.restarts: 2 connectors would restart (acme, globex); policy.yaml allows 1.\nNext: Run it in parts (--only GLOB), raise limits.restarts.max in policy.yaml, or add an exception there.",
  ],
  [
    { limits: { restarts: { percent: 20 } } },
    planOf([planned("acme"), planned("globex")], { unchanged: 8 }),
    planOf([planned("acme"), planned("globex")], { unchanged: 7 }),
    ["acme", "globex"],
    "limits.restarts: 2 of 9 connectors would restart (acme, globex); policy.yaml allows 20 percent.\nNext: Run it in parts (--only GLOB), raise limits.restarts.percent in policy.yaml, or add an exception there.",
  ],
  [
    { limits: { destroys: 0 } },
    planOf([planned("acme"), planned("globex", { effects: ["replace"] })]),
    planOf([planned("acme"), planned("globex", destroy)]),
    ["globex"],
    "limits.destroys: 1 connector would be destroyed (globex); policy.yaml allows 0.\nNext: Declare them again, leave them out (--exclude GLOB), raise limits.destroys in policy.yaml, or add an exception there.",
  ],
  [
    { limits: { gone: 0 } },
    planOf([planned("acme", create)]),
    planOf([planned("acme", { ...create, effects: ["gone", "create"] })]),
    ["acme"],
    "limits.gone: 1 connector would be removed from state because they are gone from the service (acme); policy.yaml allows 0.\nNext: Check that endpoint and token are those of this stack's account (pulumi-dataspace doctor), raise limits.gone in policy.yaml, or add an exception there.",
  ],
  [
    { allow: { replace: false } },
    planOf([planned("acme"), planned("globex", destroy)]),
    planOf([planned("acme", { effects: ["replace"], fields: [] })]),
    ["acme"],
    "allow.replace: 1 connector would be replaced, which changes name and bpn for partners (acme); policy.yaml forbids it.\nNext: Revert the change of name or account, leave them out (--exclude GLOB), set allow.replace to true in policy.yaml, or add an exception there.",
  ],
  [
    { allow: { credentialPush: false } },
    planOf([planned("acme"), planned("globex", { ...create, fields: [credential] })]),
    planOf([
      planned("acme", { fields: [credential] }),
      planned("globex", { fields: [{ path: "credentialsVersion", credential: false, from: 1, to: 2 }] }),
    ]),
    ["acme", "globex"],
    "allow.credentialPush: 2 connectors would get changed credentials (acme, globex); policy.yaml forbids it.\nNext: Revert the change of credentials, leave them out (--exclude GLOB), set allow.credentialPush to true in policy.yaml, or add an exception there.",
  ],
  [
    { allow: { powerChange: false } },
    planOf([planned("acme"), planned("globex", { effects: ["recover"], status: "FAILED", restarts: 0 })]),
    planOf([planned("acme", { effects: ["stop"] }), planned("globex", { effects: ["start"] })]),
    ["acme", "globex"],
    "allow.powerChange: 2 connectors would be started or stopped (acme, globex); policy.yaml forbids it.\nNext: Revert what starts or stops them, leave them out (--exclude GLOB), set allow.powerChange to true in policy.yaml, or add an exception there.",
  ],
  [
    { allow: { adopt: false } },
    planOf([planned("acme", create)]),
    planOf([planned("acme", { effects: ["adopt"] })]),
    ["acme"],
    "allow.adopt: 1 connector would be taken over from their creator (acme); policy.yaml forbids it.\nNext: Choose other names, leave them out (--exclude GLOB), set allow.adopt to true in policy.yaml, or add an exception there.",
  ],
  [
    { require: { protect: true } },
    planOf([planned("old", destroy)], { declared: [declared("acme"), declared("old", { protect: false })] }),
    planOf([], { declared: [declared("acme"), declared("globex", { protect: false })] }),
    ["globex"],
    "require.protect: 1 connector would be unprotected (globex); policy.yaml forbids it.\nNext: Declare protect: true, change require.protect in policy.yaml, or add an exception there.",
  ],
  [
    { require: { credentialReferences: true } },
    planOf([], { declared: [declared("acme")] }),
    planOf([], {
      declared: [
        declared("acme", { literalCredentials: ["amazonS3.accessKeyIdRead", "amazonS3.secretAccessKeyRead"] }),
      ],
    }),
    ["acme"],
    "require.credentialReferences: 1 connector would get credentials that are given as values (acme: amazonS3.accessKeyIdRead + amazonS3.secretAccessKeyRead); policy.yaml forbids it.\nNext: Give references to environment, file or command, change require.credentialReferences in policy.yaml, or add an exception there.",
  ],
  [
    { require: { names: "^acme-" } },
    planOf([], { declared: [declared("acme")] }),
    planOf([], { declared: [declared("acme"), declared("globex"), declared("x", { name: "my-acme-edc" })] }),
    ["globex", "x"],
    "require.names: 2 connectors would have a name that doesn't match ^acme- (globex: globex-edc, x: my-acme-edc); policy.yaml forbids it.\nNext: Choose other names, change require.names in policy.yaml, or add an exception there.",
  ],
  [
    { untouchable: ["acme", "core-*"] },
    planOf([
      planned("acme", { effects: ["start"], restarts: 0 }),
      planned("globex", destroy),
      planned("core-1", { ...create }),
    ]),
    planOf([
      planned("acme"),
      planned("core-1", { effects: ["stop"], restarts: 0 }),
      planned("x", { name: "core-2", effects: ["replace"] }),
      planned("core-3", destroy),
    ]),
    ["acme", "core-1", "x", "core-3"],
    "untouchable: 4 connectors would be changed (acme: restart, core-1: stop, x: restart + replace, core-3: destroy); these must not be restarted, stopped, replaced or destroyed: acme, core-*.\nNext: Revert the change, leave them out (--exclude GLOB), or remove them from untouchable in policy.yaml.",
  ],
  [
    { window },
    planOf([], { unchanged: 3, others: ["create bucket"] }),
    planOf([planned("acme")]),
    ["acme"],
    "window: 1 connector would change (acme). The window is closed at Wed 2026-03-04 10:00 Europe/Berlin (GMT+1); it opens on Tue 2026-03-10 22:00 Europe/Berlin (GMT+1) for 4h.\nNext: Run again in the window, or add an exception to policy.yaml.",
  ],
];

test.each(rows)("%j lets a plan pass and refuses another", (policy, passing, refused, connectors, text) => {
  expect(violationsOf(policy, [passing])).toEqual([]);
  const [violation, ...more] = violationsOf(policy, [refused]);
  expect(more).toEqual([]);
  expect(violation).toEqual({ rule: text.split(":")[0], connectors, text });
  // Without a policy, and with one that doesn't have the rule, everything goes.
  expect(gate(undefined, [refused], { now })).toEqual([]);
  expect(violationsOf({}, [refused])).toEqual([]);
});

test.each(rows)("an exception of %j lets through what it names, for a time", (policy, _, refused, connectors, text) => {
  const rule = ruleKeys.find((key) => text.startsWith(`${key}:`)) ?? "window";
  const except = (until: string, globs: string[]) => ({
    ...policy,
    exceptions: [{ rule, connectors: globs, until, reason: "OPS-412" }],
  });
  expect(violationsOf(except("2026-03-04", connectors), [refused])).toEqual([]);
  expect(violationsOf(except("2026-03-04", ["*-edc", "core-*"]), [refused])).toEqual([]);
  expect(violationsOf(except("2026-03-03", connectors), [refused])).toHaveLength(1);
  expect(violationsOf(except("2026-03-04", ["other"]), [refused])).toHaveLength(1);
});

test("there is a row for every rule", () => {
  const tested = new Set(rows.map(([, , , , text]) => text.split(":")[0]));
  expect([...tested]).toEqual([...ruleKeys]);
});

test("every violated rule is listed, in the order of the rules", () => {
  const plan = planOf([planned("acme", { fields: [credential] }), planned("globex", destroy)]);
  const policy = {
    limits: { restarts: { max: 0, percent: 10 }, destroys: 0 },
    allow: { credentialPush: false },
    window,
  };
  expect(violationsOf(policy, [plan]).map(({ rule, connectors }) => [rule, ...connectors])).toEqual([
    ["limits.restarts", "acme"],
    ["limits.restarts", "acme"],
    ["limits.destroys", "globex"],
    ["allow.credentialPush", "acme"],
    ["window", "acme", "globex"],
  ]);
});

test("limits count the whole fleet, over all its shards", () => {
  const shards = [planOf([planned("acme")], { unchanged: 4 }), planOf([planned("globex")], { unchanged: 4 })];
  expect(violationsOf({ limits: { restarts: { max: 1 } } }, shards)).toHaveLength(1);
  expect(violationsOf({ limits: { restarts: { percent: 20 } } }, shards)).toEqual([]);
  expect(violationsOf({ limits: { restarts: { percent: 19 } } }, shards)).toHaveLength(1);
  expect(violationsOf({ limits: { restarts: { percent: 10 } } }, shards.slice(1), { fleet: 10 })).toEqual([]);
});

test("a share of nothing declared is all of it", () => {
  const plan = planOf([planned("acme")], { declared: [] });
  expect(violationsOf({ limits: { restarts: { percent: 99 } } }, [plan])).toMatchObject([
    { text: expect.stringContaining("1 of 1 connector would restart") as string },
  ]);
});

test("of many connectors the sentence names twenty, the list all", () => {
  const keys = Array.from({ length: 22 }, (_, index) => `c${index + 1}`);
  const [violation] = violationsOf({ limits: { restarts: { max: 0 } } }, [planOf(keys.map((key) => planned(key)))]);
  expect(violation?.connectors).toEqual(keys);
  expect(violation?.text).toContain("22 connectors would restart (c1, c2, c3, ");
  expect(violation?.text).toContain(", c19, c20 and 2 more)");
});

test("a policy that a program gives has no file", () => {
  const plan = planOf([planned("acme", destroy)]);
  const [violation] = gate({ limits: { destroys: 0 } }, [plan], { now });
  expect(violation?.text).toBe(
    "limits.destroys: 1 connector would be destroyed (acme); the policy allows 0.\nNext: Declare them again, leave them out (--exclude GLOB), raise limits.destroys in the policy, or add an exception there.",
  );
});
