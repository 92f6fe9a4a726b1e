import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commands } from "../../../cli/commands/index.js";
import { execute } from "../../../cli/commands/execute.js";
import { EventFile } from "../../../cli/terminal/event-file.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "events-"));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

test("events are appended a line each, in a folder that is made for them", async () => {
  const path = join(folder, "of", "today", "events.ndjson");
  for (const type of ["started", "ended"]) {
    const file = new EventFile(path, () => undefined);
    file.write({ type });
    file.close();
  }
  expect(await readFile(path, "utf8")).toBe('{"type":"started"}\n{"type":"ended"}\n');
});

test("a place that can't be written to is told in one sentence, before anything is done", async () => {
  const place = join(folder, "file", "events.ndjson");
  await writeFile(join(folder, "file"), "");
  const told: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  const validate = commands.find(({ verb }) => verb === "validate");
  if (!validate) throw new Error("no validate");
  expect(await execute(validate, ["--events", place])).toBe(1);
  expect(told.join("")).toMatch(
    /^Could not write events to ".*events\.ndjson": E\w+: .*\.\nNext: Give --events a file in a folder that can be written to\.\n$/,
  );
});
