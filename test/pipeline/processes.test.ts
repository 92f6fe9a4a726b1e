import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });
let notes: string;

/** In the place of the CLI one that notes how it is called, and does the same. */
beforeEach(async () => {
  notes = join(pipeline.folder, "calls");
  const root = process.env["PULUMI_DATASPACE_CLI"];
  const real = root === undefined ? "pulumi" : join(root, "bin", "pulumi");
  const bin = join(pipeline.folder, "noting", "bin");
  await mkdir(bin, { recursive: true });
  const noting = `#!/bin/sh\necho "$1 $2" >> '${notes}'\nexec '${real}' "$@"\n`;
  await writeFile(join(bin, "pulumi"), noting, { mode: 0o755 });
  pipeline.env = { PULUMI_DATASPACE_CLI: join(pipeline.folder, "noting") };
  await pipeline.declare({ ada: {}, bea: {} });
});

/** The CLI's processes that a command starts, but for their flags. */
async function processesOf(...args: string[]): Promise<string[]> {
  await writeFile(notes, "");
  const { code, stdout, stderr } = await pipeline.cli(...args, "--stack", "prod", "--quiet");
  expect(code, stdout + stderr).toBe(0);
  return (await readFile(notes, "utf8"))
    .trim()
    .split("\n")
    .map((call) => call.replace(/ --.*| $/, ""));
}

test("a command starts no process of the CLI in vain", { timeout: 120_000 }, async () => {
  const [version, ...first] = await processesOf("up", "--yes");
  expect(version).toBe("version");
  // Planned twice; the second time state is read anew.
  expect(first.toSorted()).toEqual(["preview", "preview", "stack export", "stack export", "stack init", "up"]);
  expect(await processesOf("up", "--yes")).toEqual(["version", "stack export", "preview"]);
  expect(await processesOf("drift")).toEqual(["version", "stack export", "refresh"]);
  expect(await processesOf("destroy", "--yes")).toEqual(["version", "stack export", "destroy", "destroy"]);
});
