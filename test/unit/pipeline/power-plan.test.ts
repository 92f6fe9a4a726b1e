import { describe, expect, test } from "vitest";
import type { PowerVerb } from "../../../pipeline/operate/messages.js";
import type { ObservedConnectors } from "../../../pipeline/operate/matching.js";
import { powerPlanOf } from "../../../pipeline/operate/power-plan.js";
import { statusKind } from "../../../provider/model/status.js";

function observed(statuses: Readonly<Record<string, string>>): ObservedConnectors {
  return new Map(
    Object.entries(statuses).map(([name, status]) => [
      name,
      { status, kind: statusKind(status), storage: {}, details: {} },
    ]),
  );
}

describe("what each verb makes of each status", () => {
  const statuses = ["RUNNING", "STOPPED", "FAILED", "ERROR", "STARTING", "Pondering"];
  const rows: [PowerVerb, readonly string[]][] = [
    //           RUNNING                 STOPPED          FAILED                ERROR                 STARTING                Pondering
    ["start", ["", "start RUNNING 0", "recover RUNNING 0", "recover RUNNING 0", "start RUNNING 0", "start RUNNING 0"]],
    ["stop", ["stop STOPPED 0", "", "stop STOPPED 0", "stop STOPPED 0", "stop STOPPED 0", "stop STOPPED 0"]],
    [
      "restart",
      ["restart RUNNING 1", "", "recover RUNNING 0", "recover RUNNING 0", "restart RUNNING 1", "restart RUNNING 1"],
    ],
    ["fail", ["stop FAILED 0", "stop FAILED 0", "", "", "stop FAILED 0", "stop FAILED 0"]],
  ];
  test.each(rows)("%s", (verb, wanted) => {
    const written = statuses.map((status) => {
      const { plan, notes } = powerPlanOf(verb, observed({ acme: status }));
      const [planned] = plan.connectors;
      expect(notes).toHaveLength(planned ? 0 : 1);
      return planned ? `${planned.effects.join()} ${planned.becomes} ${planned.restarts}` : "";
    });
    expect(written).toEqual(wanted);
  });
});

test("a plan names the connector, what it is, and what it becomes; nothing is declared", () => {
  expect(powerPlanOf("stop", observed({ acme: "RUNNING" })).plan).toEqual({
    stack: "",
    connectors: [
      {
        key: "acme",
        urn: "",
        name: "acme",
        effects: ["stop"],
        fields: [],
        status: "RUNNING",
        becomes: "STOPPED",
        restarts: 0,
      },
    ],
    declared: [],
    others: [],
    stateVersion: "",
    endpoints: [],
  });
});

describe("what is left alone is said, once for all of a kind", () => {
  test.each<[PowerVerb, Record<string, string>, string[]]>([
    ["start", { acme: "RUNNING" }, ['Connector "acme" is already RUNNING; nothing to do.']],
    [
      "start",
      { acme: "RUNNING", globex: "RUNNING", initech: "RUNNING" },
      ["3 connectors are already RUNNING; nothing to do: acme, globex and initech."],
    ],
    ["fail", { acme: "ERROR" }, ['Connector "acme" is already ERROR; nothing to do.']],
    [
      "restart",
      { acme: "STOPPED" },
      [
        'Connector "acme" is STOPPED, and restart skips connectors that are not running. To start it, run pulumi-dataspace start acme.',
      ],
    ],
    [
      "restart",
      { acme: "STOPPED", globex: "STOPPED", initech: "RUNNING" },
      ["2 connectors are STOPPED, and restart skips connectors that are not running: acme and globex."],
    ],
  ])("%s %j", (verb, statuses, notes) => {
    expect(powerPlanOf(verb, observed(statuses)).notes).toEqual(notes);
  });

  test("of many the first ten are named", () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`c${index + 1}`, "STOPPED"]));
    expect(powerPlanOf("stop", observed(many)).notes).toEqual([
      "12 connectors are already STOPPED; nothing to do: c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 and 2 more.",
    ]);
  });

  test("only the FAILED ones", () => {
    const { plan, notes } = powerPlanOf(
      "restart",
      observed({ acme: "FAILED", globex: "RUNNING", initech: "STOPPED" }),
      {
        failed: true,
      },
    );
    expect(plan.connectors.map(({ name }) => name)).toEqual(["acme"]);
    expect(notes).toEqual(["2 connectors are not FAILED, so --failed skips them: globex and initech."]);
  });
});

describe("what the next up undoes, on connectors that a stack manages", () => {
  const managed = (desiredStatus: string) => (name: string) =>
    name === "acme-edc" ? { key: "acme", desiredStatus } : undefined;
  test.each<[PowerVerb, string, string, string[]]>([
    [
      "stop",
      "RUNNING",
      "RUNNING",
      [
        'Connector "acme-edc" is declared RUNNING in the stack (as acme): it will be STOPPED, and the next pulumi-dataspace up (or pulumi up --refresh) starts it again.',
      ],
    ],
    ["stop", "RUNNING", "STOPPED", []],
    [
      "start",
      "STOPPED",
      "STOPPED",
      [
        'Connector "acme-edc" is declared STOPPED in the stack (as acme): it will be RUNNING, and the next pulumi-dataspace up (or pulumi up --refresh) stops it again.',
      ],
    ],
    [
      "fail",
      "RUNNING",
      "RUNNING",
      [
        'Connector "acme-edc" is declared RUNNING in the stack (as acme): it will be FAILED, and the next pulumi-dataspace up (or pulumi up --refresh) starts it again.',
      ],
    ],
    ["restart", "RUNNING", "RUNNING", []],
  ])("%s of one that is %s and declared %s", (verb, status, desired, warnings) => {
    const intention = powerPlanOf(verb, observed({ "acme-edc": status }), { stack: "prod", managed: managed(desired) });
    expect(intention.warnings).toEqual(warnings);
    expect(intention.plan).toMatchObject({ stack: "prod", connectors: [{ key: "acme", name: "acme-edc" }] });
  });

  test("of one that it doesn't have, nothing is said", () => {
    const { plan, warnings } = powerPlanOf("stop", observed({ globex: "RUNNING" }), { managed: managed("RUNNING") });
    expect(warnings).toEqual([]);
    expect(plan.connectors).toMatchObject([{ key: "globex", name: "globex" }]);
  });
});
