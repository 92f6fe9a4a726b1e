import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
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

test("the first event that doesn't fit is said, once; the run goes on, and no half line stays", async () => {
  const path = join(folder, "events.ndjson");
  const said: string[] = [];
  const script = `
    import { EventFile } from ${JSON.stringify(new URL("../../../dist/cli/terminal/event-file.js", import.meta.url))};
    const file = new EventFile(${JSON.stringify(path)}, (text) => console.log(text));
    for (let event = 0; event < 5; event++) file.write({ event, text: "x".repeat(700) });
    file.close();`;
  // A file of this process may have 2 KiB at most: the third event fits in part.
  const limited = spawnSync("bash", [
    "-c",
    'trap "" XFSZ; ulimit -f 2; exec "$0" --input-type=module -e "$1"',
    process.execPath,
    script,
  ]);
  said.push(...limited.stdout.toString().trim().split("\n"));
  expect(said, limited.stderr.toString()).toEqual([
    expect.stringMatching(/^Could not write events to ".*": EFBIG: .*\.$/),
  ]);
  const lines = (await readFile(path, "utf8")).split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => (JSON.parse(line) as { event: number }).event)).toEqual([0, 1]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
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
    /^Could not write events to ".*events\.ndjson": E\w+: .*\.\nNext: Give --events a file in a writable folder\.\n$/,
  );
});
