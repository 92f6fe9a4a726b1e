import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findManifest, readManifest } from "../../../pipeline/index.js";
import { Folder } from "../../support/folder.js";
import { head, ManifestFile } from "../../support/manifest-file.js";

let manifest: ManifestFile;
beforeAll(async () => {
  manifest = await ManifestFile.create();
});
afterAll(() => manifest.remove());

describe("the text itself", () => {
  test.each([
    ["", "1:1: is empty; it needs version, project and connectors"],
    ["- a", "1:1: must be a mapping with version, project and connectors"],
    [`${head}connectors: {}\nproject: b`, "4:1: project: is given twice; keep one of them"],
    [
      `${head}connectors:\n  a: &x { name: b }\n  c: *x`,
      "5:6: connectors.c: is an alias (*), which is not supported here; write out the value",
    ],
    [
      `${head}connectors:\n  a: { <<: { name: b } }`,
      '4:8: connectors.a["<<"]: is a merge key (<<), which is not supported; write out the properties',
    ],
    [
      `${head}connectors: { a: { name: !!str 5 } }`,
      "3:32: connectors.a.name: has a tag (!), which is not supported; remove it, and put a string in quotes",
    ],
    [`${head}---\na: 1`, "3:1: begins a second document; keep one document in the file, and remove the line ---"],
    [`${head}\tconnectors: {}`, "3:1: is a tab; indent with spaces"],
    [
      `${head}connectors: a: b`,
      "3:13: contains a second `: ` on one line; put a string that contains a colon in quotes",
    ],
    [
      `${head}connectors: { a: `,
      "3:18: is indented differently from its neighbours, or an earlier bracket, brace or quote is not closed",
    ],
    [`${head}connectors: @x`, "3:13: is a character that can't begin an unquoted string; put the string in quotes"],
    [`${head}connectors: {}\n}`, "4:1: is not valid YAML"],
    [`${head}? { a: b }\n: 1`, "3:3: must be a string"],
    ["[".repeat(50_000), expect.stringMatching(/is nested too deeply$/)],
    [Uint8Array.of(0x61, 0xff), "1:1: is not UTF-8; save the file as UTF-8"],
    [`# ${"x".repeat(9 * 2 ** 20)}`, "1:1: is larger than 8 MiB; split the manifest"],
  ])("problem %#", async (text, problem) => expect(await manifest.problemsOf(text)).toEqual([problem]));

  test.each([
    ['{ "version": 1,, }', "1:16: is not valid JSON"],
    ["{\n  version: 1\n}", "2:3: is not valid JSON"],
    ['{ "version": 1', "1:15: is not valid JSON"],
    ['{"version":1,"project":"p","connectors":{},"project":"q"}', "1:44: project: is given twice; keep one of them"],
  ])("JSON: %j", async (text, problem) =>
    expect(await manifest.problemsOf(text, "connectors.json")).toEqual([problem]),
  );

  test("a byte order mark is none of it; nor does a parser's message quote what stands there", async () => {
    expect(await manifest.problemsOf(`\ufeff${head}connectors: {}`)).toEqual([]);
    expect(await manifest.problemsOf('secret: "canary\\q"')).toEqual([
      "1:16: is not an escape that double quotes allow; use single quotes, or double the backslash",
    ]);
  });
});

test("a file that can't be read, and the manifest of a folder", async () => {
  await expect(readManifest(join(manifest.folder, "none.yaml"))).rejects.toThrow(
    /^Could not use the manifest .*none\.yaml: the file can't be read \(ENOENT\)\.\nNext: Check the path \(--manifest FILE\)/,
  );
  await expect(readManifest(manifest.folder)).rejects.toThrow("can't be read (EISDIR)");
  const own = await Folder.create();
  try {
    expect(() => findManifest(own.path)).toThrow(
      `Could not find a manifest: ${own.path} contains none of connectors.yaml, connectors.yml, connectors.json.\nNext: Name one with --manifest FILE, or run the command in its folder.`,
    );
    await own.write("connectors.yml", "");
    expect(findManifest(own.path)).toBe("connectors.yml");
    await own.write("connectors.json", "");
    expect(() => findManifest(own.path)).toThrow(
      "Could not choose a manifest: connectors.yml and connectors.json are both here.\nNext: Choose one with --manifest FILE.",
    );
  } finally {
    await own.remove();
  }
});

test("one error names them all, and what to do", async () => {
  const path = await manifest.write("connectors.yaml", `${head}shards: 0\nconnectors: { a: { x: 1 } }`);
  await expect(readManifest(path)).rejects.toMatchObject({
    code: "MANIFEST_INVALID",
    message: `Could not use the manifest ${path}: 2 problems.
${path}:3:1: shards: must be a whole number from 1 to 1000
${path}:4:20: connectors.a.x: unknown property; remove it
Next: Correct the manifest; pulumi-dataspace validate checks it again, offline.`,
  });
});
