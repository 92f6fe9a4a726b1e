import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";

const root = new URL("../..", import.meta.url).pathname;
const pipeline = pipelineFolder({ startMs: 300 });

/** The page's blocks of one language, in order. */
async function blocks(page: string, language: string): Promise<string[]> {
  const markdown = await readFile(join(root, page), "utf8");
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(
    ([, block = ""]) => block,
  );
}

test("the walk of docs/pipelines.md can be taken as it stands", { timeout: 400_000 }, async () => {
  for (const file of await blocks("docs/pipelines.md", "yaml")) {
    const [, name] = /^# (\S+\.yaml)\n/.exec(file) ?? [];
    expect(name, file).toBeDefined();
    await pipeline.write(String(name), file);
  }
  await pipeline.write("pulumi-dataspace", `#!/bin/sh\nexec "${process.execPath}" "${root}dist/cli/main.js" "$@"\n`);
  await chmod(join(pipeline.folder, "pulumi-dataspace"), 0o755);
  const script = (await blocks("docs/pipelines.md", "sh")).join("\n");
  const child = spawn("sh", ["-e", "-c", script], {
    cwd: pipeline.folder,
    env: { ...process.env, ...pipeline.environment, NO_COLOR: "1", PATH: `${pipeline.folder}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  const said = `${stdout}\n${stderr}`;
  expect(code, said).toBe(0);
  expect(said).not.toMatch(/the-(first|second)-(read|write)-key/);
  expect(stdout).toContain("Stack prod: 3 created, 0 unchanged.");
  expect(stdout).toContain("No drift: the service matches state.");
  expect(stdout).toContain("refused: the policy allows no destroys");
  expect(stdout).toContain("The fleet is now spread over 2 stacks (before: 1)");
  expect(await readFile(join(pipeline.folder, "up.html"), "utf8")).toContain("acme-edc");
  const { emulator } = pipeline;
  expect(emulator.connector("acme-edc")).toMatchObject({
    status: "RUNNING",
    payload: { secretAccessKeyRead: "the-second-read-key", secretAccessKeyWrite: "the-second-write-key" },
  });
});
