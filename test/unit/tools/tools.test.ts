import { spawn, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
// @ts-expect-error -- the set-up's own files are plain JavaScript: they run before anything is installed
import { cacheFolder, isNewEnough } from "../../../tools/pulumi-cli.mjs";

const root = new URL("../../..", import.meta.url).pathname;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-tools-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["3.216.0", true],
  ["3.259.0", true],
  ["4.0.0", true],
  ["3.300.0-dev.1", true],
  ["3.215.9", false],
  ["2.999.0", false],
])("pulumi %s is new enough: %s", (version, enough) => {
  expect((isNewEnough as (version: string) => boolean)(version)).toBe(enough);
});

test("the CLI is kept in the user's own cache folder", () => {
  const folderOf = cacheFolder as (env: object, platform: string) => string;
  expect(folderOf({ XDG_CACHE_HOME: "/x" }, "linux")).toBe("/x/pulumi-dataspace/pulumi");
  expect(folderOf({}, "linux")).toMatch(/\/\.cache\/pulumi-dataspace\/pulumi$/);
  expect(folderOf({}, "darwin")).toMatch(/\/Library\/Caches\/pulumi-dataspace\/pulumi$/);
});

test("where no CLI can be had, one sentence names all four ways and what to do", () => {
  // Nothing but Node is on this PATH, the cache is empty, and no host name resolves through a proxy that isn't there.
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `globalThis.fetch = () => Promise.reject(new Error("offline"));
       const { findPulumi } = await import(${JSON.stringify(join(root, "tools/pulumi-cli.mjs"))});
       await findPulumi({ modules: "node_modules", tools: "tools", say: (text) => console.error(text) });`,
    ],
    { encoding: "utf8", env: { PATH: folder, XDG_CACHE_HOME: folder } },
  );
  expect(status).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([
    "No Pulumi CLI here yet: trying the official install (some seconds, or a quick no where there is no internet) …",
    `No Pulumi CLI could be had: none on PATH that is 3.216.0 or newer, none in the cache (${folder}/pulumi-dataspace/pulumi/v3.259.0), the official install is out of reach, and the build from tools/pulumi-cli failed or there is no Go. Install Pulumi (https://www.pulumi.com/docs/install) or Go 1.25 or newer, then run the same command again.`,
  ]);
});

test("two set-ups at once take turns, and one whose holder died doesn't block the next", async () => {
  const script = join(folder, "worker.mjs");
  await writeFile(
    script,
    `import { withLock } from ${JSON.stringify(join(root, "tools/lock.mjs"))};
     import { appendFileSync } from "node:fs";
     await withLock(${JSON.stringify(join(folder, "lock"))}, () => {}, async () => {
       appendFileSync(${JSON.stringify(join(folder, "log"))}, "in ");
       await new Promise((resolve) => setTimeout(resolve, 150));
       appendFileSync(${JSON.stringify(join(folder, "log"))}, "out ");
     });`,
  );
  await mkdir(join(folder, "lock"));
  await writeFile(join(folder, "lock", "pid"), "999999999");
  const workers = [1, 2, 3].map(
    () => new Promise((resolve) => spawn(process.execPath, [script]).once("exit", resolve)),
  );
  expect(await Promise.all(workers)).toEqual([0, 0, 0]);
  expect(await readFile(join(folder, "log"), "utf8")).toBe("in out in out in out ");
});

test("with nothing to do the set-up is silent and builds nothing", () => {
  const stamps = ["dist/.built", "node_modules/.setup-installed"].map((path) => join(root, path));
  const changed = () => stamps.map((path) => statSync(path).mtimeMs);
  const before = changed();
  const { status, stderr } = spawnSync(process.execPath, [join(root, "tools/setup.mjs"), "--no-cli"], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  expect(changed()).toEqual(before);
});
