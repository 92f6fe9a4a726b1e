import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { setShards, withShards } from "../../../pipeline/source/manifest/set-shards.js";
import { test } from "../../support/fixtures.js";

const odd =
  "# why\r\nversion:   1\r\n'shards' : 0x2   # two\r\nconnectors:\r\n    'a':  {name: \"a\"}\r\n\r\n# the end";

test.for<[string, string, string]>([
  ["only the number changes", odd, odd.replace("0x2", "4")],
  [
    "where there is none, it comes first",
    "# why\nversion: 1\nconnectors: {a: {}}\n",
    "# why\nshards: 4\nversion: 1\nconnectors: {a: {}}\n",
  ],
  [
    "with the lines' own ends and indentation",
    "  version: 1\r\n  project: x\r\n",
    "  shards: 4\r\n  version: 1\r\n  project: x\r\n",
  ],
  [
    "JSON keeps its layout",
    '{\n\t"version":1, "shards" :2,\n"connectors":{"a":{"n":1e3}}}',
    '{\n\t"version":1, "shards" :4,\n"connectors":{"a":{"n":1e3}}}',
  ],
  ["JSON without one", '{\n  "version": 1\n}\n', '{\n  "shards": 4,\n  "version": 1\n}\n'],
  ["JSON on one line", '{"version":1}', '{"shards": 4, "version":1}'],
  [
    "a connector of that name is none",
    "version: 1\nconnectors:\n  shards: {shards: 1}\nshards: 2\n",
    "version: 1\nconnectors:\n  shards: {shards: 1}\nshards: 4\n",
  ],
])("%s", ([, text, expected]) => {
  expect(withShards(text, 4)).toBe(expected);
});

test("a byte order mark stays, and JSON with one can be written", async ({ folder }) => {
  const path = join(folder.path, "connectors.json");
  await writeFile(path, '\ufeff{"shards":2,"version":1}');
  await setShards(path, 4);
  expect(await readFile(path, "utf8")).toBe('\ufeff{"shards":4,"version":1}');
});
