import { describe, expect, test } from "vitest";
import { nextStep } from "../../../provider/lifecycle/next-step.js";
import type { Situation } from "../../../provider/lifecycle/situation.js";
import { update } from "./foretold.js";
import { record, situation, written, type Status } from "./situations.js";

describe("a restart that passes through STOPPED", () => {
  const at = (more: Partial<Situation>, goal = update("RUNNING", true)) =>
    written(nextStep(situation(goal, "STOPPED", more)));
  const edit = record({ moved: true });

  test("after an edit that was taken, or whose answer was lost, STOPPED must hold for the settle time before start", () => {
    for (const result of ["accepted", "unknown"] as const) {
      const done = { edit: { ...edit, result } };
      expect(at({ done })).toBe("wait");
      expect(at({ done, now: 109_999 })).toBe("wait");
      expect(at({ done, now: 110_000 })).toBe("start");
    }
    expect(at({ done: { edit, start: record({ before: "stopped" }) }, now: 111_000 })).toBe("start");
  });

  test("so it must where an earlier run sent the edit", () => {
    expect(at({}, update("RUNNING", false, true))).toBe("wait");
    expect(at({ now: 110_000 }, update("RUNNING", false, true))).toBe("start");
    expect(at({}, update("RUNNING", false))).toBe("start");
  });

  test("what we stopped ourselves is started at once, and what is to be STOPPED is", () => {
    expect(at({ done: { edit, stop: record({ before: "failed", at: 100_001, moved: true }) } })).toBe("start");
    expect(at({ done: { edit } }, update("STOPPED", true))).toBe("settled");
  });
});

describe("the step of a power change that is under way", () => {
  const after = (status: Status, done: Situation["done"], now = 100_000) =>
    written(nextStep(situation(update("RUNNING", false), status, { done, now })));

  test("one that was taken and moved nothing is repeated once", () => {
    const start = record({ before: "stopped" });
    expect(after("STOPPED", { start })).toBe("wait");
    expect(after("STOPPED", { start }, 110_000)).toBe("start");
    expect(after("STOPPED", { start: { ...start, times: 2 } }, 110_000)).toBe("no: powerIgnored");
  });

  test("one that was refused is looked at again: what it asks for may be under way", () => {
    const start = record({ before: "stopped", result: "refused" });
    expect(after("STOPPED", { start })).toBe("wait");
    expect(after("STARTING", { start: { ...start, moved: true } })).toBe("wait");
    expect(after("RUNNING", { start: { ...start, moved: true } })).toBe("settled");
    expect(after("STOPPED", { start }, 110_000)).toBe("no: powerRefused");
  });

  test("a connector that failed on our own start is not tried again; recovery goes by way of STOPPED", () => {
    expect(after("FAILED", { start: record({ before: "stopped", moved: true }) })).toBe("no: failed");
    expect(after("FAILED", {})).toBe("stop");
    expect(after("STOPPED", { stop: record({ before: "failed", moved: true }) })).toBe("start");
  });
});
