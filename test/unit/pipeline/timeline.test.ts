import { describe, expect, test } from "vitest";
import type { PipelineEvent } from "../../../pipeline/run/events.ts";
import { readJournal } from "../../../pipeline/run/journal.ts";
import type { Plan, PlannedConnector } from "../../../pipeline/run/plan.ts";
import type { Moment } from "../../../pipeline/run/report.ts";
import { historyOf, restartsAt } from "../../../pipeline/run/timeline.ts";

/** `"RUNNING 100, RUNNING! 110, STOPPED 200"`: `!` where a restart is awaited. */
function timeline(text: string): Moment[] {
  return text.split(", ").map((part) => {
    const [word = "", at] = part.split(" ");
    return word.endsWith("!")
      ? { at: Number(at), status: word.slice(0, -1), restartAwaited: true }
      : { at: Number(at), status: word };
  });
}

const told = (moments: readonly Moment[] = []) =>
  moments.map(({ at, status, restartAwaited }) => `${status}${restartAwaited ? "!" : ""} ${at}`).join(", ");

const statuses = (key: string, text: string): PipelineEvent[] =>
  timeline(text).map(({ at, status, restartAwaited = false }) => ({
    type: "status",
    key,
    at,
    status,
    restartAwaited,
    elapsed: "1s",
  }));

const journalled = (connector: string, text: string) =>
  timeline(text).map(({ at, status, restartAwaited = false }) => ({
    kind: "status" as const,
    connector,
    at,
    status,
    restartAwaited,
    elapsedMs: 1_000,
  }));

const begun = (at: number, key: string, operation = "update" as const): PipelineEvent => ({
  type: "begun",
  at,
  key,
  operation,
});
const ended = (at: number, key: string, operation = "update" as const): PipelineEvent => ({
  type: "ended",
  at,
  key,
  operation,
  ok: true,
});

function planned(...connectors: { key: string; name: string; status?: string }[]): PipelineEvent {
  const rows = connectors.map((connector): PlannedConnector => ({
    urn: `urn:pulumi:prod::acme::dataspace:index:Connector::${connector.key}`,
    effects: ["edit"],
    fields: [],
    becomes: "RUNNING",
    restarts: 1,
    ...connector,
  }));
  const plan: Plan = { stack: "prod", connectors: rows, declared: [], others: [], stateVersion: "1", endpoints: [] };
  return { type: "plan", at: 0, plan };
}

describe("a timeline", () => {
  test.each<[what: string, events: PipelineEvent[], journal: ReturnType<typeof journalled>, acme: string]>([
    ["is empty where nothing was seen", [begun(10, "acme"), ended(20, "acme")], [], ""],
    [
      "keeps the first sight of each status",
      statuses("acme", "RUNNING 10, RUNNING! 20, RUNNING! 25, STARTING 30, STARTING 35, RUNNING 40"),
      [],
      "RUNNING 10, RUNNING! 20, STARTING 30, RUNNING 40",
    ],
    ["ends at the last sight", statuses("acme", "STARTING 10, STARTING 70"), [], "STARTING 10, STARTING 70"],
    [
      "lasts to the operation's end",
      [begun(5, "acme"), ...statuses("acme", "STARTING 10, RUNNING 40"), ended(60, "acme")],
      [],
      "STARTING 10, RUNNING 40, RUNNING 60",
    ],
    [
      "opens with what the plan knew",
      [
        planned({ key: "acme", name: "acme-edc", status: "STOPPED" }),
        begun(5, "acme"),
        ...statuses("acme", "STARTING 9"),
      ],
      [],
      "STOPPED 5, STARTING 9",
    ],
    [
      "opens with absent where the plan creates",
      [planned({ key: "acme", name: "acme-edc" }), begun(5, "acme"), ...statuses("acme", "STARTING 9, RUNNING 20")],
      [],
      "absent 5, STARTING 9, RUNNING 20",
    ],
    [
      "takes no refresh for a beginning or an end",
      [
        planned({ key: "acme", name: "acme-edc", status: "RUNNING" }),
        { type: "begun", at: 1, key: "acme", operation: "refresh" },
        { type: "ended", at: 2, key: "acme", operation: "refresh", ok: true },
        ...statuses("acme", "RUNNING 10"),
        { type: "ended", at: 99, key: "acme", operation: "read", ok: true },
      ],
      [],
      "RUNNING 10",
    ],
    [
      "sorts what came in out of order",
      [...statuses("acme", "RUNNING 40"), ...statuses("acme", "STARTING 10")],
      [],
      "STARTING 10, RUNNING 40",
    ],
    [
      "comes from the journal, by the connector's name, where there is one",
      [planned({ key: "acme", name: "acme-edc", status: "RUNNING" }), begun(5, "acme"), ended(50, "acme")],
      journalled("acme-edc", "RUNNING! 10, STARTING 20, RUNNING 30"),
      "RUNNING 5, RUNNING! 10, STARTING 20, RUNNING 30, RUNNING 50",
    ],
    [
      "is not doubled by events that tell the same later",
      statuses("acme", "RUNNING! 12, STARTING 22, RUNNING 32"),
      journalled("acme", "RUNNING! 10, STARTING 11, RUNNING 30"),
      "RUNNING! 10, STARTING 11, RUNNING 30",
    ],
    [
      "comes from the events where two connectors share a name",
      [
        planned({ key: "acme", name: "edc", status: "STOPPED" }, { key: "other", name: "edc", status: "RUNNING" }),
        ...statuses("acme", "STARTING 12"),
      ],
      journalled("edc", "FAILED 10"),
      "STARTING 12",
    ],
    [
      "goes on through several operations",
      [
        begun(1, "acme"),
        ...statuses("acme", "RUNNING! 2, STARTING 3, FAILED 4"),
        ended(5, "acme"),
        begun(7, "acme"),
        ...statuses("acme", "STOPPED 8, STARTING 9, RUNNING 10"),
        ended(11, "acme"),
      ],
      [],
      "RUNNING! 2, STARTING 3, FAILED 4, STOPPED 8, STARTING 9, RUNNING 10, RUNNING 11",
    ],
  ])("%s", (_, events, journal, acme) => {
    expect(told(historyOf({ events, journal }).timelines.get("acme"))).toBe(acme);
  });

  test("belongs to one connector each", () => {
    const { timelines } = historyOf({ events: [...statuses("a", "STARTING 1"), ...statuses("b", "STOPPING 2")] });
    expect(Object.fromEntries([...timelines].map(([key, moments]) => [key, told(moments)]))).toEqual({
      a: "STARTING 1",
      b: "STOPPING 2",
    });
  });
});

test.each([
  ["RUNNING 1, RUNNING 9", []],
  ["RUNNING 1, STARTING 2, RUNNING 3", [2]],
  ["RUNNING 1, STOPPING 2, STOPPED 3, STARTING 4, RUNNING 5", [2]],
  ["RUNNING 1, STARTING 2, RUNNING 3, FAILED 4, STOPPED 5, running 6", [2, 4]],
  ["absent 1, STARTING 2, RUNNING 3", []],
  ["STOPPED 1, STARTING 2, RUNNING 3, RUNNING 9", []],
  // It went down and didn't come up.
  ["RUNNING 1, STARTING 2, FAILED 3", []],
  // Replaced: another connector came up.
  ["RUNNING 1, STOPPED 2, absent 3, STARTING 4, RUNNING 5", []],
])("%s has restarts at %j", (text, at) => {
  expect(restartsAt(timeline(text))).toEqual(at);
});

describe("a journal", () => {
  const request = (call: string) =>
    JSON.stringify({ at: 1, kind: "request", call, connector: "a", status: 200, ms: 3 });

  test("counts requests by kind, those that change something first", () => {
    const journal = readJournal(["list", "get", "edit", "list", "zap", "stop", "edit"].map(request).join("\n"));
    expect(Object.entries(historyOf({ journal }).requests)).toEqual([
      ["edit", 2],
      ["stop", 1],
      ["get", 1],
      ["list", 2],
      ["zap", 1],
    ]);
  });

  test("a status left out is absence", () => {
    const journal = readJournal('{"at":7,"kind":"status","connector":"a","elapsedMs":1,"restartAwaited":false}');
    expect(historyOf({ journal }).timelines.get("a")).toEqual([{ at: 7, status: "absent" }]);
  });

  test.each([
    ["half a line at the end", '{"at":2,"kind":"status","conn'],
    ["an empty line", ""],
    ["carriage returns", "\r"],
    ["no object", "17"],
    ["a kind from the future", '{"at":2,"kind":"lease","connector":"a"}'],
    ["a time that is none", '{"at":"now","kind":"status","connector":"a","status":"RUNNING"}'],
    ["bytes", "\u0000\ufffd"],
  ])("is read on past %s", (_, broken) => {
    const lines = readJournal(`${request("edit")}\n${broken}\n${request("list")}\r\n${broken}`);
    expect(lines.map((line) => line.kind === "request" && line.call)).toEqual(["edit", "list"]);
  });
});
