import { expect, test } from "vitest";
import { Budget } from "../../../provider/time/budget.js";
import { systemClock } from "../../../provider/time/clock.js";
import { formatDuration, parseDuration } from "../../../provider/time/duration.js";

test.each([
  ["15m", 900_000],
  ["1h30m", 5_400_000],
  ["90s", 90_000],
  ["500ms", 500],
  ["1.5s", 1_500],
  ["0s", 0],
  ["", undefined],
  ["5", undefined],
  ["-5s", undefined],
  ["5 m", undefined],
  ["5d", undefined],
])("%j is %s ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each([
  [0, "0ms"],
  [999, "999ms"],
  [1_000, "1s"],
  [59_999, "59s"],
  [60_000, "1m"],
  [65_000, "1m05s"],
  [3_600_000, "1h"],
  [7_380_000, "2h03m"],
])("%i ms reads %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

test("a budget runs out and never below zero", () => {
  let now = 5;
  const budget = new Budget({ now: () => now, sleep: () => Promise.resolve() }, 100);
  now = 65;
  expect([budget.elapsedMs, budget.remainingMs, budget.spent]).toEqual([60, 40, false]);
  now = 500;
  expect([budget.remainingMs, budget.spent]).toEqual([0, true]);
});

test("a sleep of any length waits that long, and ends at once with the signal's own reason", async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(10 ** 12, controller.signal);
  setTimeout(() => controller.abort(new Error("enough")), 30);
  await expect(sleeping).rejects.toThrow("enough");
  await systemClock.sleep(-1);
});
