import { expect, test } from "vitest";
import { nextStep } from "../../../provider/lifecycle/next-step.js";
import type { Done } from "../../../provider/lifecycle/situation.js";
import type { ObservedConnector } from "../../../provider/model/observed-connector.js";
import { create } from "./foretold.js";

/** The step of taking a connector over as it is, when it is seen like this. */
function step(
  seen: Partial<ObservedConnector> | "absent",
  declares: object = {},
  done: Done = {},
  listOnly = false,
): string {
  const observed: ObservedConnector | undefined =
    seen === "absent" ? undefined : { status: "RUNNING", kind: "running", storage: {}, details: {}, ...seen };
  const decided = nextStep({
    goal: create("RUNNING", { assume: true, ...declares }),
    seen: observed,
    alone: listOnly ? undefined : observed,
    done,
    now: 0,
    since: 0,
    absences: 0,
    limits: { settleMs: 10_000, stuckMs: 300_000 },
  });
  return decided.do === "refuse" ? `no: ${decided.because}` : decided.do;
}

const noStorage = { payload: undefined };

test("what doesn't contradict the declaration is taken; what isn't echoed, and what isn't declared, says nothing", () => {
  expect(step({})).toBe("settled");
  expect(step({ storageType: "AmazonS3", storage: { bucketName: "acme" } })).toBe("settled");
  expect(step({ storage: { bucketName: "acme", endpointOverride: "https://s3.example" } })).toBe("settled");
  expect(step({}, noStorage)).toBe("settled");
});

test("what holds other storage is left alone", () => {
  expect(step({ storage: { bucketName: "theirs" } })).toBe("no: otherThanAssumed");
  expect(step({ storage: { bucketName: "acme", region: "eu-west-1" } })).toBe("no: otherThanAssumed");
  expect(step({ storageType: "AzureStorage" })).toBe("no: otherThanAssumed");
  expect(step({ storageType: "AmazonS3" }, noStorage)).toBe("no: otherThanAssumed");
  expect(step({ storage: { bucketName: "theirs" } }, noStorage)).toBe("no: otherThanAssumed");
});

test("where the list doesn't name every declared field, it is read alone; what already contradicts needs no read", () => {
  const whole = { storageType: "AmazonS3", storage: { bucketName: "acme", region: "eu-central-1" } };
  expect(step(whole, {}, {}, true)).toBe("settled");
  expect(step({}, {}, {}, true)).toBe("read");
  expect(step({ storage: { bucketName: "acme" } }, {}, {}, true)).toBe("read");
  expect(step({ storage: { bucketName: "theirs" } }, {}, {}, true)).toBe("no: otherThanAssumed");
});

test("a service that says none has no storage", () => {
  expect(step({ storageType: "none" }, noStorage)).toBe("settled");
  expect(step({ storageType: "none" })).toBe("no: otherThanAssumed");
});

test("what vanishes meanwhile is said to have vanished", () => {
  const start = { result: "accepted", at: 0, before: "stopped", times: 1, moved: false } as const;
  expect(step("absent")).toBe("no: nothingToAssume");
  expect(step("absent", {}, { start })).toBe("no: vanished");
});
