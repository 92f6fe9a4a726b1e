import { expect, test } from "vitest";
import { progressLine } from "../../../provider/lifecycle/progress-line.js";

test.each([
  ["STARTING 450ms", { status: "STARTING", elapsedMs: 450, restartAwaited: false }],
  ["RUNNING 3s, waiting for the restart", { status: "RUNNING", elapsedMs: 3_000, restartAwaited: true }],
  ["absent 2m", { status: undefined, elapsedMs: 120_000, restartAwaited: false }],
  ["not yet up 1h05m", { status: "not yet up", elapsedMs: 3_900_000, restartAwaited: false }],
  // Less than a second of a long wait is not told.
  ["STARTING 1m05s", { status: "STARTING", elapsedMs: 65_432, restartAwaited: false }],
])("%s", (line, progress) => expect(progressLine(progress)).toBe(line));
