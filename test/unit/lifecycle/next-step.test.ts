import { describe, expect, test } from "vitest";
import { nextStep } from "../../../provider/lifecycle/next-step.js";
import type { ActionRecord, Goal, Situation } from "../../../provider/lifecycle/situation.js";
import { create, remove, update } from "./foretold.js";
import { record, observed, situation, statuses, written, type Status } from "./situations.js";

describe("the first step, for every goal and every status", () => {
  const rows: [name: string, goal: Goal, steps: readonly string[]][] = [
    //                                                              absent       RUNNING       STOPPED      FAILED        STARTING      Pondering
    ["create", create("RUNNING"), ["create", "no: exists", "edit", "no: exists", "no: exists", "no: exists"]],
    ["create STOPPED", create("STOPPED"), ["create", "no: exists", "edit", "no: exists", "no: exists", "no: exists"]],
    ["create or adopt", create("RUNNING", { onExisting: "adopt" }), ["create", "edit", "edit", "edit", "edit", "edit"]],
    [
      "create or adopt, STOPPED",
      create("STOPPED", { onExisting: "adopt" }),
      ["create", "stop", "edit", "edit", "edit", "edit"],
    ],
    [
      "create, never adopt",
      create("RUNNING", { onExisting: "error" }),
      ["create", "no: exists", "no: exists", "no: exists", "no: exists", "no: exists"],
    ],
    [
      "take over as it is",
      create("RUNNING", { assume: true }),
      ["no: nothingToAssume", "settled", "start", "stop", "wait", "wait"],
    ],
    [
      "take over as it is, at rest",
      create("STOPPED", { assume: true, onExisting: "error" }),
      ["no: nothingToAssume", "stop", "settled", "stop", "wait", "wait"],
    ],
    ["edit", update("RUNNING", true), ["no: vanished", "edit", "edit", "edit", "edit", "edit"]],
    ["edit, STOPPED", update("STOPPED", true), ["no: vanished", "stop", "edit", "edit", "edit", "edit"]],
    ["start", update("RUNNING", false), ["no: vanished", "settled", "start", "stop", "wait", "wait"]],
    ["stop", update("STOPPED", false), ["no: vanished", "stop", "settled", "stop", "wait", "wait"]],
    ["delete: stop", remove("stop"), ["settled", "stop", "settled", "stop", "stop", "stop"]],
    ["delete: scrub", remove("scrub"), ["settled", "edit", "edit", "edit", "edit", "edit"]],
    ["delete: delete", remove("delete"), ["settled", "stop", "delete", "delete", "stop", "stop"]],
    ["delete: retain", remove("retain"), Array<string>(6).fill("settled")],
    ["fail", { verb: "fail" }, ["no: vanished", "fail", "fail", "settled", "fail", "fail"]],
  ];
  test.each(rows)("%s", (_, goal, steps) => {
    expect(statuses.map((status) => written(nextStep(situation(goal, status))))).toEqual(steps);
  });
});

describe("the step after a POST", () => {
  const rows: [name: string, done: ActionRecord, steps: readonly string[]][] = [
    ["that was accepted", record({ before: "absent" }), ["wait", "settled", "start", "no: failed", "wait", "wait"]],
    [
      "whose answer was lost",
      record({ before: "absent", result: "unknown" }),
      ["wait", "settled", "start", "no: failed", "wait", "wait"],
    ],
    [
      "that was refused: somebody was quicker",
      record({ before: "absent", result: "refused" }),
      ["no: exists", "no: exists", "edit", "no: exists", "no: exists", "no: exists"],
    ],
  ];
  test.each(rows)("%s", (_, done, steps) => {
    expect(
      statuses.map((status) => written(nextStep(situation(create("RUNNING"), status, { done: { create: done } })))),
    ).toEqual(steps);
  });

  test("a lost one is repeated only after two looks, 2 s apart, have found nothing; and not for ever", () => {
    const lost = (more: Partial<Situation>, times = 1) =>
      written(
        nextStep(
          situation(create("RUNNING"), "absent", {
            done: { create: record({ result: "unknown", before: "absent", times }) },
            ...more,
          }),
        ),
      );
    expect(lost({ absences: 1, now: 110_000 })).toBe("wait");
    expect(lost({ absences: 2, now: 101_000 })).toBe("wait");
    expect(lost({ absences: 2, now: 102_000 })).toBe("create");
    expect(lost({ absences: 9, now: 102_000 }, 3)).toBe("no: unproven");
  });

  test("a lost one that shows somebody else's storage is not ours", () => {
    const seen = observed("RUNNING", { bucketName: "theirs" });
    const done = { create: record({ result: "unknown", before: "absent" }) };
    expect(written(nextStep(situation(create("RUNNING"), "RUNNING", { seen, done })))).toBe("no: exists");
  });
});

describe("the step after a PUT", () => {
  const after = (
    status: Status,
    edit: Partial<ActionRecord>,
    more: Partial<Situation> = {},
    goal = update("RUNNING", true),
  ) => written(nextStep(situation(goal, status, { done: { edit: record(edit) }, ...more })));

  test("RUNNING proves nothing until it was left, or has held for the settle time", () => {
    expect(after("RUNNING", {})).toBe("wait");
    expect(after("STARTING", {})).toBe("wait");
    expect(after("Pondering", { moved: true })).toBe("wait");
    expect(after("RUNNING", { moved: true })).toBe("settled");
    expect(after("RUNNING", {}, { now: 109_999 })).toBe("wait");
    expect(after("RUNNING", {}, { now: 110_000 })).toBe("settled");
  });

  test("RUNNING that still echoes the old storage proves nothing at all", () => {
    const seen = observed("RUNNING", { bucketName: "old" });
    expect(after("RUNNING", {}, { now: 200_000, seen })).toBe("wait");
  });

  test("FAILED after the restart is the end", () => {
    expect(after("FAILED", { moved: true })).toBe("no: failed");
  });

  test("a lost one is repeated when no restart is seen, once", () => {
    expect(after("RUNNING", { result: "unknown" })).toBe("wait");
    expect(after("RUNNING", { result: "unknown", moved: true })).toBe("settled");
    expect(after("RUNNING", { result: "unknown" }, { now: 110_000 })).toBe("edit");
    expect(after("RUNNING", { result: "unknown", times: 2 }, { now: 110_000 })).toBe("no: unproven");
  });

  test("one refused in a transition is repeated at rest; one refused at rest is not", () => {
    expect(after("STARTING", { result: "refused", before: "transition" })).toBe("wait");
    expect(after("RUNNING", { result: "refused", before: "transition" })).toBe("edit");
    expect(after("RUNNING", { result: "refused", before: "running" })).toBe("no: editRefused");
  });

  test("STOPPED takes it without showing anything, and is started when that is wanted", () => {
    expect(after("STOPPED", { before: "stopped" })).toBe("start");
    const stopped = update("STOPPED", true);
    expect(after("STOPPED", { before: "stopped" }, {}, stopped)).toBe("wait");
    expect(after("STOPPED", { before: "stopped" }, { now: 110_000 }, stopped)).toBe("settled");
    expect(after("RUNNING", { before: "stopped", moved: true }, {}, stopped)).toBe("stop");
  });
});

test("an edit waits for the end of the stop that went before it", () => {
  const after = (status: Status, stop: Partial<ActionRecord>) =>
    written(nextStep(situation(update("STOPPED", true), status, { done: { stop: record(stop) } })));
  expect(after("RUNNING", {})).toBe("wait");
  expect(after("STOPPING" as Status, { moved: true })).toBe("wait");
  expect(after("STOPPED", { moved: true })).toBe("edit");
  expect(after("FAILED", { moved: true })).toBe("edit");
});

describe("the step of a delete that is under way", () => {
  const after = (status: Status, done: Situation["done"], more: Partial<Situation> = {}, goal = remove("stop")) =>
    written(nextStep(situation(goal, status, { done, ...more })));
  const stuck = { now: 400_000 };

  test("fail is called when stop is refused, or nothing moves for stuckAfter", () => {
    expect(after("RUNNING", { stop: record({ result: "refused" }) })).toBe("fail");
    expect(after("STOPPING" as Status, { stop: record({ moved: true }) })).toBe("wait");
    expect(after("STARTING", { stop: record() }, { now: 399_999 })).toBe("wait");
    expect(after("STARTING", { stop: record() }, stuck)).toBe("fail");
  });

  test("a stop that was taken and moved nothing is sent once more before anything harder", () => {
    expect(after("RUNNING", { stop: record() }, { now: 110_000 })).toBe("stop");
    expect(after("RUNNING", { stop: record({ times: 2 }) }, { now: 110_000 })).toBe("wait");
  });

  test("after fail comes stop; what stays stuck is said", () => {
    expect(after("FAILED", { stop: record(), fail: record() })).toBe("stop");
    expect(after("STARTING", { stop: record(), fail: record() })).toBe("wait");
    expect(after("STARTING", { stop: record(), fail: record({ times: 2 }) }, stuck)).toBe("no: stuck");
    expect(after("RUNNING", { stop: record({ result: "refused" }), fail: record({ result: "refused" }) })).toBe(
      "no: failRefused",
    );
  });

  test("a fail that moved nothing is sent once more; once its stop is under way, how it came there doesn't matter", () => {
    expect(after("STARTING", { stop: record(), fail: record({ result: "unknown" }) }, { now: 110_000 })).toBe("fail");
    expect(after("STARTING", { stop: record(), fail: record({ times: 2 }) }, { now: 110_000 })).toBe("wait");
    const stopped = { stop: record({ before: "failed" }), fail: record({ result: "refused" }) };
    expect(after("STARTING", stopped)).toBe("wait");
    expect(after("STARTING", stopped, stuck)).toBe("no: stuck");
  });

  test("FAILED that won't stop is stuck", () => {
    expect(after("FAILED", { stop: record({ before: "failed" }) })).toBe("wait");
    expect(after("FAILED", { stop: record({ before: "failed", result: "refused" }) })).toBe("no: stuck");
    expect(after("FAILED", { stop: record({ before: "failed" }) }, stuck)).toBe("no: stuck");
  });

  test("DELETE is sent at rest, and a service without it is told of", () => {
    const goal = remove("delete");
    expect(after("STOPPED", { stop: record({ moved: true }) }, {}, goal)).toBe("delete");
    expect(after("STOPPED", { delete: record() }, {}, goal)).toBe("wait");
    expect(after("STOPPED", { delete: record({ result: "refused" }) }, {}, goal)).toBe("no: noDelete");
    expect(after("absent", { delete: record() }, {}, goal)).toBe("settled");
  });
});

test("a fail is sent once more where nothing moved; then the service ignores it, doesn't answer, or refuses", () => {
  const after = (fail: ActionRecord, now = 110_000) =>
    written(nextStep(situation({ verb: "fail" }, "RUNNING", { done: { fail }, now })));
  expect(after(record(), 109_999)).toBe("wait");
  expect(after(record())).toBe("fail");
  expect(after(record({ result: "unknown" }))).toBe("fail");
  expect(after(record({ times: 2 }))).toBe("no: powerIgnored");
  expect(after(record({ times: 2, result: "unknown" }))).toBe("no: powerUnanswered");
  expect(after(record({ result: "refused" }))).toBe("no: failRefused");
});
