import { expect, test } from "vitest";
import type { EngineResult } from "../../../pipeline/stack/engine-run.js";
import { isTornRun } from "../../../pipeline/stack/torn-read.js";

const output = "error: failed to load checkpoint: EOF";
const failed: EngineResult = { ok: false, interrupted: false, events: [], errors: [], warnings: [], notes: [], output };
const begun = { resourcePreEvent: {} } as EngineResult["events"][number];

test.each<[string, boolean, Partial<EngineResult>]>([
  ["a run that could not read its state", true, {}],
  ["one that ended well", false, { ok: true }],
  ["one that failed of something else", false, { output: "error: no such bucket" }],
  ["one that has begun is never run again, whatever is quoted in it", false, { events: [begun] }],
])("%s", (_, torn, result) => {
  expect(isTornRun({ ...failed, ...result })).toBe(torn);
});
