import type { CallName, Emulator, FaultAction, FaultScript, Quirks } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";

/** What is done to a connector while the fault strikes, and which of its requests the fault is for. */
export const operations = {
  create: { calls: ["create"], start: "absent" },
  read: { calls: ["list", "get"], start: "RUNNING" },
  update: { calls: ["edit"], start: "RUNNING" },
  delete: { calls: ["stop"], start: "RUNNING" },
  start: { calls: ["start"], start: "STOPPED" },
  stop: { calls: ["stop"], start: "RUNNING" },
  wait: { calls: ["list", "get"], start: "absent" },
  // A delete that finds its stop without effect forces the connector through FAILED.
  fail: { calls: ["fail"], start: "RUNNING", given: [{ call: "stop", do: "stuck" }] },
} as const satisfies Record<
  string,
  { calls: readonly CallName[]; start: "absent" | "RUNNING" | "STOPPED"; given?: readonly FaultScript[] }
>;

export type OperationName = keyof typeof operations;

export interface FaultRow {
  readonly fault: string;
  /** Where the service can't be reached at all. */
  readonly endpoint?: "refused" | "unresolvable" | "untrusted" | "mute";
  readonly act?: FaultAction | (() => FaultAction);
  /** What goes wrong besides. */
  readonly also?: readonly FaultScript[];
  /** How many of the requests are struck; 1 unless told. */
  readonly times?: number;
  readonly quirks?: Partial<Quirks>;
  /** Done right before the operation. */
  readonly before?: (emulator: Emulator, operation: OperationName) => void;
  /** Done when the first struck request has come. */
  readonly behind?: (emulator: Emulator, operation: OperationName) => void;
  /** What frees the connector again before the next run. */
  readonly release?: (emulator: Emulator, operation: OperationName) => void;
  /** Operations for which the fault has no meaning. */
  readonly not?: readonly OperationName[];
}

const always = 1_000;
const html = "<html><head><title>Sign in</title></head></html>";
const json = (detail: string) => JSON.stringify({ detail });
const inASecond = () => ({
  status: 429,
  headers: { date: "Tue, 24 Nov 2026 10:00:00 GMT", "retry-after": "Tue, 24 Nov 2026 10:00:07 GMT" },
});

/** What the operations that only move a connector move it to. */
const goals = { delete: "STOPPED", stop: "STOPPED", start: "RUNNING", fail: "FAILED" } as const;

/** One row per fault; the columns are the operations. */
export const faults: readonly FaultRow[] = [
  { fault: "connection refused", endpoint: "refused" },
  { fault: "the host's name doesn't resolve", endpoint: "unresolvable" },
  { fault: "the certificate isn't trusted", endpoint: "untrusted" },
  { fault: "no connection in time", endpoint: "mute" },
  { fault: "answer lost after it took effect", act: "loseAnswer" },
  {
    fault: "answer lost after it took effect, and no look succeeds",
    act: "loseAnswer",
    // The look before the request succeeds.
    also: [
      { call: "list", nth: 2, times: always, do: "reset" },
      { call: "get", times: always, do: "reset" },
    ],
    not: ["read", "wait"],
  },
  { fault: "connection breaks without effect", act: "reset" },
  { fault: "connection breaks each time", act: "reset", times: always },
  { fault: "no answer", act: "hang" },
  { fault: "401", act: { status: 401, body: json("token expired") }, times: always },
  { fault: "403", act: { status: 403, body: json("not permitted") }, times: always },
  { fault: "404 in JSON", act: { status: 404, body: json("Connector acme not found") }, times: always },
  { fault: "404 as a page", act: { status: 404, body: html }, times: always },
  { fault: "409", act: { status: 409, body: json("busy") } },
  { fault: "409 each time", act: { status: 409, body: json("busy") }, times: always },
  { fault: "422 with an echo of what was sent", act: { status: 422, echo: true }, times: always },
  { fault: "429, Retry-After: 7", act: { status: 429, headers: { "retry-after": "7" } } },
  { fault: "429, Retry-After: a date 7 s ahead", act: inASecond },
  { fault: "429, Retry-After: 3600", act: { status: 429, headers: { "retry-after": "3600" } } },
  { fault: "429, Retry-After: 2, ten times", act: { status: 429, headers: { "retry-after": "2" } }, times: 10 },
  { fault: "429 without Retry-After", act: { status: 429 } },
  { fault: "429 each time", act: { status: 429 }, times: always },
  { fault: "500", act: { status: 500, body: json("boom") } },
  { fault: "500 each time", act: { status: 500, body: json("boom") }, times: always },
  { fault: "502 as a page", act: { status: 502, body: html } },
  { fault: "504", act: { status: 504 } },
  { fault: "503", act: { status: 503 } },
  { fault: "503 each time", act: { status: 503 }, times: always },
  { fault: "503, Retry-After: 7", act: { status: 503, headers: { "retry-after": "7" } } },
  {
    fault: "200 from a cache: the service never saw the request",
    act: { status: 200, body: json("ok") },
    // No cache answers a PUT.
    not: ["read", "wait", "update"],
  },
  { fault: "the service gets it twice, from a proxy that repeats", act: "twice" },
  {
    fault: "refused with 400, for somebody else did it just before",
    act: { status: 400, body: json("nothing to do") },
    behind: (emulator, operation) => emulator.interfere("acme", { status: goals[operation as keyof typeof goals] }),
    not: ["create", "read", "update", "wait"],
  },
  {
    fault: "500 without effect, and somebody makes one of that name meanwhile",
    act: { status: 500, body: json("boom") },
    times: always,
    behind: (emulator) => emulator.interfere("acme", { create: s3({ bucketName: "theirs" }) }),
    not: ["read", "update", "delete", "start", "stop", "wait", "fail"],
  },
  {
    fault: "200 from a cache, and somebody makes one of that name meanwhile",
    act: { status: 200, body: json("ok") },
    behind: (emulator) => emulator.interfere("acme", { create: s3({ bucketName: "theirs" }) }),
    not: ["read", "update", "delete", "start", "stop", "wait", "fail"],
  },
  {
    fault: "the list is 3 s old, from before somebody made one of that name, and POST is answered by 500",
    act: { status: 200, body: '{"colleague": {"status": "RUNNING"}}', headers: { age: "3" } },
    times: always,
    also: [{ call: "create", times: always, do: { status: 500, body: json("boom") } }],
    before: (emulator, operation) => operation === "create" && emulator.interfere("acme", { create: s3() }),
    not: ["wait"],
  },
  {
    fault: "no storage is echoed, and somebody has a STOPPED one of that name",
    quirks: { echoStorage: "absent" },
    before: (emulator, operation) => {
      if (operation !== "create") return;
      emulator.interfere("acme", { create: s3({ bucketName: "theirs" }) });
      emulator.interfere("acme", { status: "STOPPED" });
    },
  },
  { fault: "the list is in an envelope", act: { status: 200, body: '{"data": []}' }, times: always },
  { fault: "200 with broken JSON", act: { status: 200, body: '{"acme": {' } },
  {
    fault: "200 with a page, each time",
    act: { status: 200, body: html, headers: { "content-type": "text/html" } },
    times: always,
  },
  { fault: "an answer of 32 MiB", act: () => ({ status: 200, body: `"${"x".repeat(32 * 1024 * 1024)}"` }) },
  { fault: "an answer that drips", act: { dripMs: 40 } },
  {
    fault: "a redirect",
    act: { status: 307, headers: { location: "https://elsewhere.example/x?token=a" } },
    times: always,
  },
  {
    fault: "stuck in a transition",
    act: "stuck",
    release: (emulator, operation) =>
      emulator.connector("acme")?.status !== "STOPPED" &&
      emulator.interfere("acme", { status: operation === "stop" ? "STOPPED" : "RUNNING" }),
    not: ["read", "wait", "fail"],
  },
  { fault: "FAILED in the end", act: "failAtStart", not: ["read", "delete", "stop", "wait", "fail"] },
  {
    fault: "FAILED behind everybody's back",
    behind: (emulator) => emulator.interfere("acme", { status: "FAILED" }),
    not: ["create"],
  },
  {
    fault: "its restart passes through STOPPED, where start is refused",
    quirks: { restart: "throughStopped" },
    not: ["create", "read", "delete", "start", "stop", "wait", "fail"],
  },
  { fault: "a status word that nobody knows", quirks: { startingWord: "Deploying" } },
  {
    fault: "removed behind everybody's back",
    behind: (emulator) => emulator.interfere("acme", { remove: true }),
    not: ["create"],
  },
  {
    fault: "stopped behind everybody's back",
    behind: (emulator) => emulator.interfere("acme", { status: "STOPPED" }),
    not: ["create", "stop", "start", "delete", "fail"],
  },
  {
    fault: "the token is of another account, which is empty",
    quirks: { rights: "otherAccount" },
    release: (emulator) => Object.assign(emulator.quirks, { rights: "all" }),
    not: ["create", "wait"],
  },
  {
    fault: "the token has lost its rights: 403 on the list, 404 on what it names",
    quirks: { rights: "lost" },
    release: (emulator) => Object.assign(emulator.quirks, { rights: "all" }),
    not: ["wait"],
  },
  {
    fault: "200 that says no",
    act: { status: 200, body: json("quota exceeded") },
    not: ["read", "wait"],
  },
  {
    fault: "200 that says no, each time",
    act: { status: 200, body: '{"success": false, "message": "quota exceeded"}' },
    times: always,
    not: ["read", "wait"],
  },
  {
    fault: "the list forgets it",
    act: { status: 200, body: "{}" },
    times: 2,
    not: ["create", "update", "delete", "start", "stop", "fail"],
  },
];

export function scriptsOf(row: FaultRow, operation: OperationName): FaultScript[] {
  const { act, times = 1, also = [] } = row;
  const given = operation === "fail" ? operations.fail.given : [];
  if (act === undefined) return [...given];
  const calls: readonly CallName[] = row.fault.startsWith("the list") ? ["list"] : operations[operation].calls;
  // A wait begins after the first look, by which a create knows that the name is free.
  const nth = operation === "wait" ? 2 : 1;
  const struck = calls.map((call) => ({
    call,
    nth: call === "list" ? nth : 1,
    times,
    do: typeof act === "function" ? act() : act,
  }));
  return [...struck, ...also, ...given];
}
