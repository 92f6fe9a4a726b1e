import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { outputFileProblem, writeOutputFile } from "../../../pipeline/run/output-file.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "output-file-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a new file is its owner's, one that exists keeps its mode, and nothing stays beside them", async () => {
  await writeFile(at("old"), "before");
  await chmod(at("old"), 0o640);
  await writeOutputFile(at("old"), "after");
  await writeOutputFile(at("deep/new"), "new");
  const modes = await Promise.all(["old", "deep/new"].map(async (name) => (await stat(at(name))).mode & 0o777));
  expect(modes).toEqual([0o640, 0o600]);
  expect(await readFile(at("old"), "utf8")).toBe("after");
  expect((await readdir(folder)).sort()).toEqual(["deep", "old"]);
});

test("it is replaced whole: who holds the old one open still reads all of that", async () => {
  await writeFile(at("old"), "before");
  await link(at("old"), at("held"));
  await writeOutputFile(at("old"), "after");
  expect(await readFile(at("held"), "utf8")).toBe("before");
});

test("a link stays a link", async () => {
  await writeFile(at("target"), "before");
  await symlink(at("target"), at("link"));
  await writeOutputFile(at("link"), "after");
  expect(await readFile(at("target"), "utf8")).toBe("after");
});

test("what speaks against a file is found by trying, and leaves nothing behind", async () => {
  await mkdir(at("folder"));
  await writeFile(at("file"), "kept");
  expect(outputFileProblem(at("new"))).toBeUndefined();
  expect(outputFileProblem(at("of/today/new"))).toBeUndefined();
  expect(outputFileProblem(at("file"))).toBeUndefined();
  expect(outputFileProblem("/dev/null")).toBeUndefined();
  expect(outputFileProblem("/dev/full")).toMatch(/^ENOSPC: /);
  expect(outputFileProblem(at("folder"))).toBe("it is a folder");
  expect(outputFileProblem(at("file/new"))).toBe(`${at("file")} is not a folder`);
  expect(await readdir(folder)).toEqual(["file", "folder"]);
  expect(await readFile(at("file"), "utf8")).toBe("kept");
});
