import type { PlannedConnector } from "../../pipeline/run/plan.ts";
import { reportOf, type ConnectorOutcome, type Moment, type Report } from "../../pipeline/run/report.js";

/** Reports as the commands make them, small and large, well and unwell, and one whose every text attacks its reader. */

const startedAt = Date.UTC(2026, 9, 17, 21, 4, 5);

/** `"RUNNING 0, STARTING 2000"`: milliseconds since the report began; `!` where a restart is awaited. */
export function moments(text: string, after = 0): Moment[] {
  return text.split(", ").map((part) => {
    const [word = "", at] = part.split(" ");
    const time = startedAt + after + Number(at);
    return word.endsWith("!")
      ? { at: time, status: word.slice(0, -1), restartAwaited: true }
      : { at: time, status: word };
  });
}

export function reportWith({ durationMs = 65_000, exitCode = 0, ...parts }: Partial<Report> = {}): Report {
  return { ...reportOf("up", startedAt, exitCode, { stack: "prod", ...parts }), durationMs };
}

export function plannedConnector(key: string, parts: Partial<PlannedConnector> = {}): PlannedConnector {
  return {
    key,
    urn: `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/dataspace:Connector::${key}`,
    name: key,
    effects: ["edit", "restart"],
    fields: [],
    status: "RUNNING",
    becomes: "RUNNING",
    restarts: 1,
    ...parts,
  };
}

export function planOf(connectors: readonly PlannedConnector[], unchanged: readonly string[] = []) {
  const keys = [...connectors.map(({ key }) => key), ...unchanged].sort();
  return {
    stack: "prod",
    connectors,
    declared: keys.map((key) => ({ key, name: key, protect: true, literalCredentials: [] })),
    others: [],
    stateVersion: "7",
    endpoints: [{ endpoint: "https://dataspace.example/backend" }],
  };
}

export const numbered = (count: number, word = "partner") =>
  Array.from({ length: count }, (_, index) => `${word}-${String(index + 1).padStart(3, "0")}`);

/** A rotation in waves of five, of which the 23rd connector rejects the new key. */
export function rotation(): Report {
  const keys = numbered(50);
  const fields = [{ path: "amazonS3.secretAccessKeyWrite", credential: true, from: "c85TWJ", to: "zFCc5O" }];
  const outcomes = keys.map((key, index): ConnectorOutcome => {
    if (index >= 25) return { key, name: key, result: "notStarted", status: "RUNNING" };
    const after = Math.floor(index / 5) * 12_000;
    if (index === 22)
      return {
        key,
        name: key,
        result: "rolledBack",
        status: "RUNNING",
        restarts: 2,
        error: `Could not update connector "${key}": it FAILED after its restart, and was rolled back to its previous credentials.\nWhy: "AccessDenied: the key is not known".\nNext: Correct amazonS3.secretAccessKeyWrite, then run pulumi-dataspace rotate again; it goes on with the rest.`,
        timeline: moments(
          "RUNNING! 400, STARTING 1400, FAILED 4300, STOPPED 5200, STARTING 6000, RUNNING 9100, RUNNING 9300",
          after,
        ),
      };
    return {
      key,
      name: key,
      result: "done",
      status: "RUNNING",
      restarts: 1,
      timeline: moments("RUNNING 0, RUNNING! 400, STARTING 1400, RUNNING 5600, RUNNING 6000", after + index * 40),
    };
  });
  return reportWith({
    command: "rotate",
    exitCode: 4,
    plan: planOf(
      keys.map((key) => plannedConnector(key, { name: `${key.replace("partner", "px")}`, fields })),
      ["acme", "globex"],
    ),
    connectors: outcomes,
    requests: { edit: 26, start: 1, stop: 1, get: 4, list: 61 },
    warnings: ["The policy's window closes in 12m; waves that would begin later are not begun."],
    notes: ["25 connectors still have their old credentials; rotate again to finish."],
  });
}

/** A fleet of 300 of which three change, one is created, and one is destroyed. */
export function fleet(): Report {
  const changed = [
    plannedConnector("acme", {
      name: "acme-edc",
      fields: [{ path: "amazonS3.region", credential: false, from: "eu-central-1", to: "eu-west-1" }],
    }),
    plannedConnector("globex", { effects: ["stop"], becomes: "STOPPED", restarts: 0 }),
    plannedConnector("initech", {
      effects: ["replace"],
      fields: [
        { path: "name", credential: false, from: "initech", to: "initech-2" },
        { path: "bpn", credential: false, from: "BPNL0000000001XY", unknown: true },
      ],
    }),
    plannedConnector("newcomer", { effects: ["create"], status: "absent", restarts: 0, notChecked: true }),
    plannedConnector("zombie", {
      effects: ["destroy"],
      becomes: "absent",
      restarts: 0,
      leftBehind: "STOPPED, still holding its credentials",
    }),
  ];
  const outcomes: ConnectorOutcome[] = [
    {
      key: "acme",
      name: "acme-edc",
      result: "done",
      status: "RUNNING",
      restarts: 1,
      timeline: moments("RUNNING 0, RUNNING! 500, STARTING 1500, RUNNING 9000, RUNNING 9200"),
    },
    {
      key: "globex",
      name: "globex",
      result: "done",
      status: "STOPPED",
      restarts: 0,
      timeline: moments("RUNNING 0, STOPPING 400, STOPPED 3000, STOPPED 3200"),
    },
    {
      key: "initech",
      name: "initech-2",
      result: "failed",
      status: "FAILED",
      error:
        'Could not create connector "initech-2": it FAILED after 14s.\nNext: Run pulumi-dataspace status initech-2, then up again.',
      timeline: moments(
        "RUNNING 0, STOPPING 400, STOPPED 3000, absent 3300, STARTING 3400, FAILED 17000, FAILED 17200",
      ),
    },
    {
      key: "newcomer",
      name: "newcomer",
      result: "done",
      status: "RUNNING",
      timeline: moments("absent 0, STARTING 300, RUNNING 8800, RUNNING 9000"),
    },
    {
      key: "zombie",
      name: "zombie",
      result: "done",
      status: "STOPPED",
      timeline: moments("RUNNING 0, STOPPING 200, STOPPED 2100, STOPPED 2300"),
    },
  ];
  return reportWith({
    exitCode: 4,
    durationMs: 19_400,
    plan: planOf(changed, numbered(295)),
    connectors: outcomes,
    requests: { create: 2, edit: 1, stop: 3, get: 3, list: 21 },
    notes: ["zombie is STOPPED, not deleted, still holds its credentials."],
    warnings: ["There are 300 connectors in one stack; Next: Split them with pulumi-dataspace reshard --shards 4."],
  });
}

/** A preview that the policy refuses. */
export function refusal(): Report {
  const connectors = numbered(12).map((key) => plannedConnector(key));
  return reportWith({
    command: "preview",
    exitCode: 3,
    durationMs: 3_100,
    plan: planOf(connectors, ["acme"]),
    violations: [
      {
        rule: "limits.restarts",
        text: "12 connectors restart; 10 at most may.",
        connectors: connectors.map(({ key }) => key),
      },
      { rule: "untouchable", text: "partner-001 is untouchable, and would restart.", connectors: ["partner-001"] },
    ],
    differences: ["partner-002: was RUNNING when approved, is STOPPED"],
    requests: { list: 1 },
  });
}

/** Drift of one stack. */
export function driftFound(): Report {
  return reportWith({
    command: "drift",
    exitCode: 2,
    durationMs: 1_200,
    drift: [
      { key: "acme", name: "acme-edc", kind: "power", text: "STOPPED, declared RUNNING" },
      { key: "globex", name: "globex", kind: "fields", text: "amazonS3.bucketName is outside, state has globex" },
      { name: "handmade", kind: "unmanaged", text: "RUNNING, in no state" },
    ],
    requests: { list: 1, get: 3 },
  });
}

/** A run over four stacks, of which the third failed. */
export function shards(): Report[] {
  return [0, 1, 2, 3].map((shard) => {
    const keys = numbered(6, `shard${shard}`);
    const wrong = shard === 2;
    return reportWith({
      stack: `prod-${shard}`,
      exitCode: wrong ? 1 : 0,
      durationMs: 20_000 + shard * 1_000,
      plan: planOf(
        keys.map((key) => plannedConnector(key)),
        numbered(70, `calm${shard}`),
      ),
      connectors: keys.map((key, index) => ({
        key,
        name: key,
        result: wrong ? ("notStarted" as const) : ("done" as const),
        status: "RUNNING",
        ...(wrong
          ? {}
          : { timeline: moments("RUNNING 0, RUNNING! 300, STARTING 1200, RUNNING 5000, RUNNING 5100", index * 900) }),
      })),
      requests: wrong ? { list: 1 } : { edit: 6, list: 9 },
      errors: wrong
        ? ["The stack prod-2 is locked by ci@runner-7 since 2h.\nNext: Run pulumi-dataspace unlock --stack prod-2."]
        : [],
    });
  });
}
