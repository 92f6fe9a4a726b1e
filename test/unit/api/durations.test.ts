import { expect, test } from "vitest";
import { Duration } from "../../../provider/api/feed/durations.js";

/** What looks tell of a thing that takes `real` ms, when each is looked at again and again as the expectation says. */
function learn(real: number, times: number): Duration {
  const duration = new Duration();
  for (let i = 0; i < times; i++) {
    let notYet = 0;
    let at = duration.isKnown ? duration.ms : 100;
    while (at < real) {
      notYet = at;
      at += duration.isKnown ? duration.ms / 16 : Math.max(100, at / 4);
    }
    duration.add(notYet, at);
  }
  return duration;
}

test.each([50, 300, 2_000, 30_000])("what takes %d ms is soon expected within a tenth", (real) => {
  expect(learn(real, 1).ms).toBeGreaterThan(real * 0.45);
  expect(learn(real, 200).ms).toBeGreaterThan(real * 0.9);
  expect(learn(real, 200).ms).toBeLessThan(real * 1.1);
});

test("before anything has ended, it is known how long it takes at least", () => {
  const duration = new Duration();
  expect(duration.isKnown).toBe(false);
  duration.underWay(300);
  duration.underWay(200);
  expect(duration.atLeastMs).toBe(300);
  expect(duration.isKnown).toBe(false);
});

test("a service that becomes slower or faster is followed", () => {
  const duration = learn(2_000, 20);
  for (let i = 0; i < 15; i++) duration.add(3_900, 4_100);
  expect(duration.ms).toBe(4_000);
  for (let i = 0; i < 15; i++) duration.add(900, 1_100);
  expect(duration.ms).toBe(1_100);
});
