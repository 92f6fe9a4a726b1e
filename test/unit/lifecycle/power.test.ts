import { describe, expect, test } from "vitest";
import { nextStep } from "../../../provider/lifecycle/next-step.js";
import type { Situation } from "../../../provider/lifecycle/situation.js";
import { update } from "./foretold.js";
import { record, situation, written, type Status } from "./situations.js";

describe("the step of a power change that is under way", () => {
  const after = (status: Status, done: Situation["done"], now = 100_000) =>
    written(nextStep(situation(update("RUNNING", false), status, { done, now })));

  test("one that was taken and moved nothing is repeated once", () => {
    const start = record({ before: "stopped" });
    expect(after("STOPPED", { start })).toBe("wait");
    expect(after("STOPPED", { start }, 110_000)).toBe("start");
    expect(after("STOPPED", { start: { ...start, times: 2 } }, 110_000)).toBe("no: powerIgnored");
    expect(after("STOPPED", { start: { ...start, result: "refused" } })).toBe("no: powerRefused");
  });

  test("a connector that failed on our own start is not tried again; recovery goes by way of STOPPED", () => {
    expect(after("FAILED", { start: record({ before: "stopped", moved: true }) })).toBe("no: failed");
    expect(after("FAILED", {})).toBe("stop");
    expect(after("STOPPED", { stop: record({ before: "failed", moved: true }) })).toBe("start");
  });
});
