import { describe, expect, test } from "vitest";
import { windowAt, windowSentence } from "../../../pipeline/index.js";

const timeZone = "Europe/Berlin";
const tuesday = { cron: "0 22 * * 2", duration: "4h", timeZone };

/** `open until …` or `opens …`, in UTC. */
function stateAt(window: typeof tuesday, moment: string): string {
  const state = windowAt(window, new Date(moment));
  return state.open ? `open until ${state.closesAt.toISOString()}` : `opens ${state.opensAt?.toISOString()}`;
}

test.each([
  ["2026-03-10T20:59:59Z", "opens 2026-03-10T21:00:00.000Z"],
  ["2026-03-10T21:00:00Z", "open until 2026-03-11T01:00:00.000Z"],
  ["2026-03-10T21:00:00.001Z", "open until 2026-03-11T01:00:00.000Z"],
  ["2026-03-11T00:59:59.999Z", "open until 2026-03-11T01:00:00.000Z"],
  ["2026-03-11T01:00:00Z", "opens 2026-03-17T21:00:00.000Z"],
])("Tuesdays at 22:00 for 4h: %s", (moment, state) => expect(stateAt(tuesday, moment)).toBe(state));

describe("where the clocks change in Berlin", () => {
  const at = (cron: string, duration: string) => ({ cron, duration, timeZone });

  test.each<[what: string, window: typeof tuesday, moment: string, state: string]>([
    ["an opening keeps its time of day in summer", tuesday, "2026-03-30T12:00:00Z", "opens 2026-03-31T20:00:00.000Z"],
    ["and in winter", tuesday, "2026-10-26T12:00:00Z", "opens 2026-10-27T21:00:00.000Z"],
    [
      "it stays open for true hours when one is skipped: from 22:00 to 3:00 on the clock",
      at("0 22 * * 6", "4h"),
      "2026-03-29T00:59:00Z",
      "open until 2026-03-29T01:00:00.000Z",
    ],
    [
      "and when one comes twice: from 22:00 to 1:00 on the clock, and on to the second 2:00",
      at("0 22 * * 6", "5h"),
      "2026-10-25T00:30:00Z",
      "open until 2026-10-25T01:00:00.000Z",
    ],
    [
      "a time that is skipped opens it when the clocks have moved on",
      at("30 2 * * *", "1h"),
      "2026-03-29T00:59:59Z",
      "opens 2026-03-29T01:00:00.000Z",
    ],
    ["at 3:00", at("30 2 * * *", "1h"), "2026-03-29T01:00:00Z", "open until 2026-03-29T02:00:00.000Z"],
    [
      "a time that comes twice opens it the first time",
      at("30 2 * * *", "30m"),
      "2026-10-25T00:30:00Z",
      "open until 2026-10-25T01:00:00.000Z",
    ],
    ["and not the second", at("30 2 * * *", "30m"), "2026-10-25T01:30:00Z", "opens 2026-10-26T01:30:00.000Z"],
  ])("%s", (_, window, moment, state) => expect(stateAt(window, moment)).toBe(state));
});

test("windows that overlap close with the last", () => {
  const hourly = { cron: "0 * * * *", duration: "90m", timeZone: "UTC" };
  expect(stateAt(hourly, "2026-03-10T10:45:00Z")).toBe("open until 2026-03-10T11:30:00.000Z");
});

test.each([
  [
    "2026-03-28T12:00:00Z",
    "The window is closed at Sat 2026-03-28 13:00 Europe/Berlin (GMT+1); it opens on Tue 2026-03-31 22:00 Europe/Berlin (GMT+2) for 4h.",
  ],
  ["2026-03-31T22:30:00Z", "The window is open until Wed 2026-04-01 02:00 Europe/Berlin (GMT+2)."],
  ["2026-10-27T22:30:00Z", "The window is open until Wed 2026-10-28 02:00 Europe/Berlin (GMT+1)."],
])("its state in a sentence: %s", (moment, sentence) => {
  expect(windowSentence(tuesday, new Date(moment))).toBe(sentence);
});
