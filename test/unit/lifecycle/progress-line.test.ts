import { expect, test } from "vitest";
import { progressLine, readProgressLine, restartQueued } from "../../../provider/lifecycle/progress-line.js";
import { rollingBack } from "../../../provider/errors/messages/rollback.js";

test.each([
  ["STARTING 450ms", { status: "STARTING", elapsedMs: 450, restartAwaited: false }],
  ["RUNNING 3s, waiting for the restart", { status: "RUNNING", elapsedMs: 3_000, restartAwaited: true }],
  ["absent 2m", { status: undefined, elapsedMs: 120_000, restartAwaited: false }],
  ["not yet up 1h05m", { status: "not yet up", elapsedMs: 3_900_000, restartAwaited: false }],
])("%s is written, and read again", (line, progress) => {
  expect(progressLine(progress)).toBe(line);
  expect(readProgressLine(line)).toEqual({ ...progress, status: progress.status ?? "absent" });
});

test("less than a second of a long wait is not told", () => {
  const line = progressLine({ status: "STARTING", elapsedMs: 65_432, restartAwaited: false });
  expect(line).toBe("STARTING 1m05s");
  expect(readProgressLine(line)).toMatchObject({ elapsedMs: 65_000 });
});

test.each([restartQueued(5), restartQueued(1), rollingBack("acme"), "", "RUNNING", "12s", " 12s", "RUNNING soon"])(
  "no other line is taken for one: %j",
  (line) => expect(readProgressLine(line)).toBeUndefined(),
);
