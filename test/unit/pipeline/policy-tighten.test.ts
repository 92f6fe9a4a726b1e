import { expect, test } from "vitest";
import { gate, tighten, type Policy, type PolicyFlags } from "../../../pipeline/index.js";
import { planned, planOf } from "../../support/plans.js";

const file = "policy.yaml";

test.each<[what: string, policy: Policy | undefined, flags: PolicyFlags, tightened: Policy]>([
  ["no flags, no policy", undefined, {}, {}],
  ["no flags", { file, limits: { creates: 3 } }, {}, { file, limits: { creates: 3 } }],
  [
    "flags alone",
    undefined,
    { limits: { restarts: { max: 3 }, destroys: 0 }, allow: { replace: false } },
    {
      limits: { restarts: { max: 3 }, destroys: 0 },
      allow: { replace: false },
      flags: {
        "limits.restarts.max": "--max-restarts",
        "limits.destroys": "--max-destroys",
        "allow.replace": "--no-replace",
      },
    },
  ],
  [
    "a lower limit, beside others",
    { file, limits: { creates: 20, restarts: { max: 10, percent: 20 } } },
    { limits: { restarts: { max: 3 } } },
    {
      file,
      limits: { creates: 20, restarts: { max: 3, percent: 20 } },
      flags: { "limits.restarts.max": "--max-restarts" },
    },
  ],
  [
    "what the policy says already",
    { file, limits: { gone: 0 }, allow: { adopt: false }, require: { protect: true }, untouchable: ["acme"] },
    { limits: { gone: 0 }, allow: { adopt: false }, require: { protect: true }, untouchable: ["acme"] },
    { file, limits: { gone: 0 }, allow: { adopt: false }, require: { protect: true }, untouchable: ["acme"] },
  ],
  [
    "more that is forbidden and required",
    { file, allow: { adopt: true, replace: false }, require: { protect: false, names: "^acme-" } },
    { allow: { adopt: false }, require: { protect: true } },
    {
      file,
      allow: { adopt: false, replace: false },
      require: { protect: true, names: "^acme-" },
      flags: { "allow.adopt": "--no-adopt", "require.protect": "--require-protect" },
    },
  ],
  [
    "more that is untouchable",
    { file, untouchable: ["acme", "core-*"] },
    { untouchable: ["gx-*", "acme"] },
    { file, untouchable: ["acme", "core-*", "gx-*"], flags: { untouchable: "--untouchable" } },
  ],
])("%s", (_, policy, flags, tightened) => expect(tighten(policy, flags)).toEqual(tightened));

test("the given policy stays as it is", () => {
  const policy = { limits: { restarts: { max: 10 } } };
  tighten(policy, { limits: { restarts: { max: 3 } } });
  expect(policy).toEqual({ limits: { restarts: { max: 10 } } });
});

test("a flag that would loosen a rule is refused", () => {
  expect(() => tighten({ file, limits: { creates: 3 } }, { limits: { creates: 4 } })).toThrow(
    "Could not use the flags: --max-creates would loosen limits.creates, which allows 3. Flags may only tighten policy.yaml.\nNext: Leave it out, or change policy.yaml.",
  );
});

test("all that would are named", () => {
  const policy = { limits: { restarts: { percent: 20 } }, allow: { replace: false }, require: { protect: true } };
  const flags = { limits: { restarts: { percent: 21 } }, allow: { replace: true }, require: { protect: false } };
  expect(() => tighten(policy, flags)).toThrow(
    "Could not use the flags: --max-restart-percent would loosen limits.restarts.percent, which allows 20; --no-replace would loosen allow.replace, which forbids it; --require-protect would loosen require.protect, which requires it. Flags may only tighten the policy.\nNext: Leave them out, or change the policy.",
  );
});

test("what must not be changed is named by the file or by the flag", () => {
  const policy = tighten({ file, untouchable: ["core-*"] }, { untouchable: ["acme"] });
  expect(gate(policy, [planOf([planned("acme")])], { now: new Date() })).toEqual([
    {
      rule: "untouchable",
      connectors: ["acme"],
      text: "untouchable: 1 connector would be changed (acme: restart); these must not be restarted, stopped, replaced or destroyed: core-*, acme.\nNext: Revert the change, leave them out (--exclude GLOB), or remove them from untouchable in policy.yaml or --untouchable.",
    },
  ]);
});

test("a violation of what a flag says names the flag", () => {
  const policy = tighten({ file, limits: { restarts: { max: 10 } } }, { limits: { restarts: { max: 0 } } });
  expect(gate(policy, [planOf([planned("acme")])], { now: new Date() })).toEqual([
    {
      rule: "limits.restarts",
      connectors: ["acme"],
      text: "limits.restarts: 1 connector would restart (acme); --max-restarts allows 0.\nNext: Run it in parts (--only GLOB), or run without --max-restarts.",
    },
  ]);
});
