import { expect, test } from "vitest";
import { table } from "../../../cli/terminal/table.js";
import { gate, planMarkdown, planText, type Plan, type Style } from "../../../pipeline/index.js";
import { planned, planOf } from "../../support/plans.js";

const key = { path: "amazonS3.secretAccessKeyWrite", credential: true };
const region = { path: "amazonS3.region", credential: false, from: "eu-central-1", to: "eu-west-1" };

/** One connector for each thing that may happen. */
const everything: Plan = planOf(
  [
    planned("acme", { name: "acme", fields: [region, key] }),
    planned("archive", { effects: ["stop"], becomes: "STOPPED", fields: [], restarts: 0 }),
    planned("core", {
      effects: ["replace"],
      fields: [{ path: "name", credential: false, from: "core", to: "core-edc" }],
      restarts: 0,
    }),
    absent("fresh", { effects: ["create"], fields: [{ path: "amazonS3.bucketName", credential: false, to: "fresh" }] }),
    planned("globex", { effects: ["start"], status: "STOPPED", fields: [], restarts: 0 }),
    planned("gx-1", { effects: ["recover"], status: "FAILED", fields: [], restarts: 0 }),
    planned("gx-2", {
      effects: ["adopt", "restart"],
      status: "STOPPED",
      fields: [{ path: "amazonS3.region", credential: false, to: undefined, unknown: true }],
    }),
    absent("lost", { effects: ["gone", "create"], fields: [] }),
    planned("old", {
      effects: ["destroy"],
      becomes: "STOPPED",
      fields: [],
      restarts: 0,
      leftBehind: "STOPPED, still holding its credentials",
    }),
    planned("seen", { effects: [], fields: [], restarts: 0, notChecked: true }),
    planned("tuned", {
      effects: ["edit"],
      fields: [
        { path: "timeouts.create", credential: false, from: "15m", to: undefined },
        { path: "credentialsVersion", credential: false, from: undefined, to: 2 },
      ],
      restarts: 0,
      notChecked: true,
    }),
  ],
  { unchanged: 37, others: ["create bucket", "update role"] },
);

const violations = gate(
  { file: "policy.yaml", limits: { restarts: { max: 1 } }, allow: { replace: false } },
  [everything],
  { now: new Date() },
);

test("a plan, for people", () => {
  expect(planText([everything], { table, violations }))
    .toBe(`Stack prod: 2 created, 1 taken over, 2 edited (1 with credentials), 2 restarts, 1 started, 1 stopped, 1 recovered, 1 replaced, 1 destroyed, 1 gone from the service, 1 left behind, 38 unchanged.

connector              what happens                                                   fields                                      status
acme                   edited, restarts                                               amazonS3.region: eu-central-1 → eu-west-1   RUNNING
                                                                                      amazonS3.secretAccessKeyWrite (credential)
archive (archive-edc)  stopped                                                                                                    RUNNING → STOPPED
core (core-edc)        replaced (name and bpn change for its partners)                name: core → core-edc                       RUNNING
fresh (fresh-edc)      created                                                        amazonS3.bucketName: fresh                  absent → RUNNING
globex (globex-edc)    started                                                                                                    STOPPED → RUNNING
gx-1 (gx-1-edc)        recovered                                                                                                  FAILED → RUNNING
gx-2 (gx-2-edc)        taken over, restarts                                           amazonS3.region: none → not known yet       STOPPED → RUNNING
lost (lost-edc)        gone from the service, created                                                                             absent → RUNNING
old (old-edc)          destroyed, left behind STOPPED, still holding its credentials                                              RUNNING → STOPPED
tuned (tuned-edc)      edited, credentials not checked                                timeouts.create: 15m → none                 RUNNING
                                                                                      credentialsVersion: none → 2

Other resources: create bucket, update role.

Credentials not checked: 2 (--no-credentials).

Refused by policy, 2 rules:
✗ limits.restarts: 2 connectors would restart (acme, gx-2); policy.yaml allows 1.
  Next: Run it in parts (--only GLOB), raise limits.restarts.max in policy.yaml, or add an exception there.
✗ allow.replace: 1 connector would be replaced, which changes name and bpn for partners (core); policy.yaml forbids it.
  Next: Revert the change of name or account, leave them out (--exclude GLOB), set allow.replace to true in policy.yaml, or add an exception there.`);
});

test("a plan, for a pull request's comment", () => {
  expect(planMarkdown([everything], violations)).toBe(`### Stack \`prod\`

2 created, 1 taken over, 2 edited (1 with credentials), **2 restarts**, 1 started, 1 stopped, 1 recovered, **1 replaced**, **1 destroyed**, **1 gone from the service**, 1 left behind, 38 unchanged.

| connector | what happens | fields | status |
| --- | --- | --- | --- |
| \`acme\` | edited, **restarts** | \`amazonS3.region\`: \`eu-central-1\` → \`eu-west-1\`<br>\`amazonS3.secretAccessKeyWrite\` (credential) | RUNNING |
| \`archive\` (\`archive-edc\`) | stopped |  | RUNNING → STOPPED |
| \`core\` (\`core-edc\`) | **replaced (name and bpn change for its partners)** | \`name\`: \`core\` → \`core-edc\` | RUNNING |
| \`fresh\` (\`fresh-edc\`) | created | \`amazonS3.bucketName\`: \`fresh\` | absent → RUNNING |
| \`globex\` (\`globex-edc\`) | started |  | STOPPED → RUNNING |
| \`gx-1\` (\`gx-1-edc\`) | recovered |  | FAILED → RUNNING |
| \`gx-2\` (\`gx-2-edc\`) | taken over, **restarts** | \`amazonS3.region\`: none → not known yet | STOPPED → RUNNING |
| \`lost\` (\`lost-edc\`) | **gone from the service**, created |  | absent → RUNNING |
| \`old\` (\`old-edc\`) | **destroyed**, left behind STOPPED, still holding its credentials |  | RUNNING → STOPPED |
| \`tuned\` (\`tuned-edc\`) | edited, credentials not checked | \`timeouts.create\`: \`15m\` → none<br>\`credentialsVersion\`: none → \`2\` | RUNNING |

Other resources: \`create bucket\`, \`update role\`.

Credentials not checked: 2 (--no-credentials).

### Refused by policy

- limits.restarts: 2 connectors would restart (acme, gx-2); policy.yaml allows 1.<br>Next: Run it in parts (--only GLOB), raise limits.restarts.max in policy.yaml, or add an exception there.
- allow.replace: 1 connector would be replaced, which changes name and bpn for partners (core); policy.yaml forbids it.<br>Next: Revert the change of name or account, leave them out (--exclude GLOB), set allow.replace to true in policy.yaml, or add an exception there.
`);
});

test("what partners notice is in red", () => {
  const style: Style = (colour, text) => `<${colour}>${text}</${colour}>`;
  expect(planText([planOf([planned("acme", { fields: [key] })])], { table, style, violations: violations.slice(0, 1) }))
    .toBe(`<bold>Stack prod</bold>: 1 edited (1 with credentials), <red>1 restart</red>, 0 unchanged.

connector        what happens                 fields                                                 status
acme (acme-edc)  edited, <red>restarts</red>  amazonS3.secretAccessKeyWrite <dim>(credential)</dim>  RUNNING

<red>Refused by policy, 1 rule:</red>
✗ limits.restarts: 2 connectors would restart (acme, gx-2); policy.yaml allows 1.
  Next: Run it in parts (--only GLOB), raise limits.restarts.max in policy.yaml, or add an exception there.`);
});

test("what can be foreseen to fail", () => {
  const refused = "the name is taken at the service (RUNNING); DATASPACE_ON_EXISTING=adopt takes it over";
  const plan = planOf([planned("acme", { effects: ["adopt"], fields: [], restarts: 0, refused })]);
  expect(planText([plan], { table })).toBe(`Stack prod: 1 taken over, 0 unchanged.

connector        what happens                                                                                                  fields  status
acme (acme-edc)  taken over, will fail: the name is taken at the service (RUNNING); DATASPACE_ON_EXISTING=adopt takes it over          RUNNING`);
  expect(planMarkdown([plan])).toContain(
    "| taken over, **will fail: the name is taken at the service (RUNNING); DATASPACE\\_ON\\_EXISTING=adopt takes it over** |",
  );
});

test("nothing to do", () => {
  const plan = planOf([], { unchanged: 40 });
  expect(planText([plan], { table })).toBe("Stack prod: nothing changes, 40 unchanged.");
  expect(planMarkdown([plan])).toBe("### Stack `prod`\n\nnothing changes, 40 unchanged.\n");
  expect(planText([{ ...plan, others: ["create bucket"] }], { table })).toBe(
    "Stack prod: no connector changes, 40 unchanged.\n\nOther resources: create bucket.",
  );
});

test("several stacks have a sum", () => {
  const plans = ["prod-1", "prod-2"].map((stack, index) =>
    planOf([planned(`acme-${index}`, { name: `acme-${index}`, fields: [key] })], { stack, unchanged: 2 }),
  );
  expect(planText([...plans, planOf([], { stack: "prod-3", unchanged: 3 })], { table }))
    .toBe(`Stack prod-1: 1 edited (1 with credentials), 1 restart, 2 unchanged.

connector  what happens      fields                                      status
acme-0     edited, restarts  amazonS3.secretAccessKeyWrite (credential)  RUNNING

Stack prod-2: 1 edited (1 with credentials), 1 restart, 2 unchanged.

connector  what happens      fields                                      status
acme-1     edited, restarts  amazonS3.secretAccessKeyWrite (credential)  RUNNING

Stack prod-3: nothing changes, 3 unchanged.

All 3 stacks: 2 edited (2 with credentials), 2 restarts, 7 unchanged.`);
  expect(planMarkdown(plans)).toBe(`### Stack \`prod-1\`

1 edited (1 with credentials), **1 restart**, 2 unchanged.

| connector | what happens | fields | status |
| --- | --- | --- | --- |
| \`acme-0\` | edited, **restarts** | \`amazonS3.secretAccessKeyWrite\` (credential) | RUNNING |

### Stack \`prod-2\`

1 edited (1 with credentials), **1 restart**, 2 unchanged.

| connector | what happens | fields | status |
| --- | --- | --- | --- |
| \`acme-1\` | edited, **restarts** | \`amazonS3.secretAccessKeyWrite\` (credential) | RUNNING |

### All 2 stacks

2 edited (2 with credentials), **2 restarts**, 4 unchanged.
`);
});

test("texts from outside stay texts", () => {
  const nasty = "a|b`c``d\n<img src=x>\u001b[31m*_[x](y)";
  const plan = planOf(
    [
      planned("acme", {
        name: nasty,
        fields: [{ path: "amazonS3.region", credential: false, from: "", to: nasty }],
        becomes: "<b>|",
      }),
    ],
    { stack: "p|`x", others: ["create `b|`"] },
  );
  const rule = { rule: "limits.creates", connectors: [], text: "limits.creates: <b>*x*</b> [y](z)\nNext: `run`." };
  const shown = "<code>a&#124;b\\`c\\`\\`d &lt;img src=x&gt;\\*\\_\\[x\\](y)</code>";
  expect(planMarkdown([plan], [rule])).toBe(`### Stack <code>p&#124;\\\`x</code>

1 edited, **1 restart**, 0 unchanged.

| connector | what happens | fields | status |
| --- | --- | --- | --- |
| \`acme\` (${shown}) | edited, **restarts** | \`amazonS3.region\`: \`""\` → ${shown} | RUNNING → &lt;b&gt;&#124; |

Other resources: <code>create \\\`b&#124;\\\`</code>.

### Refused by policy

- limits.creates: &lt;b&gt;\\*x\\*&lt;/b&gt; \\[y\\](z)<br>Next: \\\`run\\\`.
`);
  expect(planText([plan], { table, violations: [rule] })).toBe(`Stack p|\`x: 1 edited, 1 restart, 0 unchanged.

connector                            what happens      fields                                              status
acme (a|b\`c\`\`d <img src=x>*_[x](y))  edited, restarts  amazonS3.region: "" → a|b\`c\`\`d <img src=x>*_[x](y)  RUNNING → <b>|

Other resources: create \`b|\`.

Refused by policy, 1 rule:
✗ limits.creates: <b>*x*</b> [y](z)
  Next: \`run\`.`);
});

test("a comment on a pull request has its limits", () => {
  const many = planOf(Array.from({ length: 1_000 }, (_, index) => planned(`connector-${index}`)));
  const text = planMarkdown([many, planOf([planned("acme")], { stack: "prod-2" })]);
  expect(text.length).toBeLessThan(60_000);
  const rows = text.split("\n").filter((line) => line.startsWith("| `connector-"));
  expect(text).toContain(`… and ${1_000 - rows.length} more; the JSON report (\`--report plan.json\`) lists them all.`);
  expect(text).toContain("1000 edited, **1000 restarts**, 0 unchanged.");
});

function absent(name: string, parts: Parameters<typeof planned>[1]) {
  const { status: _, ...rest } = planned(name, { ...parts, restarts: 0 });
  return rest;
}
