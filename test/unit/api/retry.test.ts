import { expect, test } from "vitest";
import { RequestError, type CallName, type Outcome } from "../../../provider/api/outcome.js";
import { repeatAfter, retryAfterMs } from "../../../provider/api/retry.js";
import type { RequestTrouble } from "../../../provider/errors/messages/request.js";

const calls: CallName[] = ["list", "get", "create", "edit", "start", "stop", "fail", "delete"];
const limits = { remainingMs: Infinity, random: 0.5 };

function repeated(kind: RequestTrouble, outcome: Outcome): CallName[] {
  return calls.filter(
    (call) => repeatAfter(call, new RequestError("x", { call, kind, outcome }), 1, limits) !== undefined,
  );
}

const reads: CallName[] = ["list", "get"];

test.each<[RequestTrouble, Outcome, CallName[]]>([
  ["unreachable", "neverSent", calls],
  ["dns", "neverSent", calls],
  ["throttled", "throttled", calls],
  ["unreachable", "unknown", reads],
  ["timeout", "unknown", reads],
  ["server", "unknown", reads],
  ["badReply", "unknown", reads],
  ["tls", "neverSent", []],
  ["proxy", "neverSent", []],
  ["cancelled", "neverSent", []],
  ["unauthorized", "refused", []],
  ["conflict", "refused", []],
  ["invalid", "refused", []],
  ["redirect", "refused", []],
  ["notFound", "refused", []],
])("%s (%s) is repeated for %j", (kind, outcome, expected) => {
  expect(repeated(kind, outcome)).toEqual(expected);
});

test("five attempts at most, two where the name doesn't resolve, and never past the budget", () => {
  const error = (kind: RequestTrouble) => new RequestError("x", { call: "get", kind, outcome: "neverSent" });
  expect(repeatAfter("get", error("unreachable"), 4, limits)).toBe(2_000);
  expect(repeatAfter("get", error("unreachable"), 5, limits)).toBeUndefined();
  expect(repeatAfter("get", error("dns"), 2, limits)).toBeUndefined();
  expect(repeatAfter("get", error("unreachable"), 4, { remainingMs: 1_999, random: 0.5 })).toBeUndefined();
});

test("Retry-After is obeyed, in seconds or as a date by the service's own clock", () => {
  const throttled = new RequestError("x", {
    call: "edit",
    kind: "throttled",
    outcome: "throttled",
    retryAfterMs: 3_000,
  });
  expect(repeatAfter("edit", throttled, 1, limits)).toBe(3_150);
  expect(retryAfterMs("120", undefined)).toBe(120_000);
  expect(retryAfterMs("Tue, 24 Nov 2026 10:00:07 GMT", "Tue, 24 Nov 2026 10:00:00 GMT")).toBe(7_000);
  expect(retryAfterMs("Tue, 24 Nov 2026 09:00:00 GMT", "Tue, 24 Nov 2026 10:00:00 GMT")).toBe(0);
  expect(retryAfterMs("soon", undefined)).toBeUndefined();
  expect(retryAfterMs(undefined, undefined)).toBeUndefined();
});
