import { readdirSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

/** A file beside a run that can't be written neither begins the run nor replaces its result. */
const pipeline = pipelineFolder();

beforeEach(async () => {
  pipeline.env = { KEY: "key-of-generation-1" };
  await pipeline.declare({ acme: { amazonS3: s3From("KEY") } });
});

describe("what can't be written is said before any request", () => {
  test.each([
    [["up", "--stack", "prod", "--yes", "--events", "/dev/full"], 'write events to "/dev/full": ENOSPC'],
    [["up", "--stack", "prod", "--yes", "--report", "file/report.md"], 'write a report to "file/report.md"'],
    [["preview", "--stack", "prod", "--approve-out", "/dev/full"], "write /dev/full: ENOSPC"],
    [["preview", "--stack", "prod", "--approve-out", "file/plan.json"], "write file/plan.json: "],
    [["generate", "--out", "/dev/full", "--force"], "write /dev/full: ENOSPC"],
    [["generate", "--out", "file"], "write file: it already exists"],
    [["generate", "--out", "file/x.yaml"], "write file/x.yaml: "],
    [["restart", "acme", "--yes", "--report", "/proc/report.md"], 'write a report to "/proc/report.md"'],
  ])("%j", async (args, said) => {
    await pipeline.write("file", "kept");
    pipeline.emulator.interfere("acme", { create: {} });
    const { code, stdout, stderr } = await pipeline.cli(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`Could not ${said}`);
    expect(stderr).toContain("\nNext: ");
    expect(pipeline.emulator.requestLines()).toEqual([]);
    expect(await readFile(join(pipeline.folder, "file"), "utf8")).toBe("kept");
  });
});

test("a report, an approval and events are whole, and only their owner's", async () => {
  const files = ["report.md", "report.json", "plan.json", "events.ndjson"];
  const before = new Set(readdirSync(pipeline.folder));
  const args = ["--report", "report.md", "--report", "report.json", "--approve-out", "plan.json"];
  const run = () => pipeline.cli("preview", "--stack", "prod", "--events", "events.ndjson", "--quiet", ...args);
  expect((await run()).code).toBe(0);
  for (const file of files) expect((await stat(join(pipeline.folder, file))).mode & 0o777, file).toBe(0o600);
  const added = readdirSync(pipeline.folder).filter((name) => !before.has(name) && name.includes(".tmp"));
  expect(added).toEqual([]);
});
