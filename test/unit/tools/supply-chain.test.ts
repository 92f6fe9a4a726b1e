import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
// @ts-expect-error -- tools that run before anything is installed are plain JavaScript
import * as gate from "../../../tools/check-lockfile.mjs";

const root = new URL("../../..", import.meta.url).pathname;
const problemsOf = gate.problemsOf as (manifest: object, lock: object, files?: string[]) => string[];
const read = (file: string) => readFileSync(join(root, file), "utf8");

const integrity = `sha512-${"A".repeat(86)}==`;
const good = { version: "1.0.0", integrity, license: "MIT" };
const lockOf = (packages: object) => ({ lockfileVersion: 3, packages: { "": {}, ...packages } });

describe("the gate on what may be installed", () => {
  test("lets through what is locked here", () => {
    expect(
      problemsOf(JSON.parse(read("package.json")) as object, JSON.parse(read("package-lock.json")) as object),
    ).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      "without a checksum",
      { integrity: undefined },
      "has no sha512 checksum in package-lock.json; it doesn't come from the registry",
    ],
    [
      "with a weak checksum",
      { integrity: "sha1-xxxx" },
      "has no sha512 checksum in package-lock.json; it doesn't come from the registry",
    ],
    [
      "from git",
      { resolved: "git+ssh://git@github.com/a/x.git#0123" },
      "comes from git+ssh://git@github.com/a/x.git#0123; only https://registry.npmjs.org/ is allowed",
    ],
    [
      "over http",
      { resolved: "http://registry.npmjs.org/x/-/x-1.0.0.tgz" },
      "comes from http://registry.npmjs.org/x/-/x-1.0.0.tgz; only https://registry.npmjs.org/ is allowed",
    ],
    [
      "from a host that looks like the registry",
      { resolved: "https://registry.npmjs.org.example/x.tgz?token=a" },
      "comes from https://registry.npmjs.org.example/x.tgz; only https://registry.npmjs.org/ is allowed",
    ],
    [
      "from a folder",
      { link: true, integrity: undefined, resolved: "../x" },
      "is a link; everything must come from the registry",
    ],
    [
      "that runs a program",
      { hasInstallScript: true },
      "runs a program at installation; if that is well, tools/check-lockfile.mjs says why",
    ],
    [
      "that asks for another by address",
      { dependencies: { y: "https://example.com/y.tgz" } },
      "asks for y at https://example.com/y.tgz; only versions from the registry are allowed",
    ],
    [
      "that asks for another from GitHub",
      { optionalDependencies: { y: "someone/y" } },
      "asks for y at someone/y; only versions from the registry are allowed",
    ],
  ])("refuses a package %s", (_, entry, sentence) => {
    expect(problemsOf({}, lockOf({ "node_modules/x": { ...good, ...entry } }))).toEqual([`node_modules/x ${sentence}`]);
  });

  test.each([
    ["5.28.0", "6.27.0"],
    ["7.28.9", "7.29.0"],
    ["8.8.9", "8.9.0"],
  ])("refuses what has a known hole, wherever it hides: undici %s", (version, first) => {
    expect(problemsOf({}, lockOf({ "node_modules/a/node_modules/undici": { ...good, version } }))).toEqual([
      `node_modules/a/node_modules/undici is ${version}, which has known holes (CVE-2026-12151, CVE-2026-13697 and older ones); ${first} is the first without`,
    ]);
    expect(problemsOf({}, lockOf({ "node_modules/undici": { ...good, version: first } }))).toEqual([]);
  });

  test.each<[object, string]>([
    [
      { license: "GPL-3.0" },
      "x 1.0.0 is under GPL-3.0, which is not allowed in what users get; tools/licences.mjs lists what is",
    ],
    [
      { license: undefined, dev: true },
      "x 1.0.0 is under none, which is not allowed here; tools/licences.mjs lists what is",
    ],
    [
      { license: "MPL-2.0" },
      "x 1.0.0 is under MPL-2.0, which is not allowed in what users get; tools/licences.mjs lists what is",
    ],
  ])("refuses the licence of %j", (entry, sentence) => {
    expect(problemsOf({}, lockOf({ "node_modules/x": { ...good, ...entry } }))).toEqual([sentence]);
  });

  test("refuses ranges of our own, and programs of our own that run at installation", () => {
    const manifest = {
      devDependencies: { x: "^1.0.0", y: "github:a/y" },
      scripts: { postinstall: "node x.js", prepare: "husky", test: "vitest" },
    };
    expect(problemsOf(manifest, lockOf({}), ["binding.gyp"])).toEqual([
      "x is ^1.0.0 in package.json; pin one version",
      "y is github:a/y in package.json; pin one version",
      "package.json has a postinstall script; nothing of ours runs at installation",
      "package.json has a prepare script; nothing of ours runs at installation",
      "binding.gyp makes npm run a compiler at installation; nothing of ours runs there",
      "package.json asks for y at github:a/y; only versions from the registry are allowed",
    ]);
    expect(problemsOf({}, { lockfileVersion: 1 })).toEqual(["package-lock.json has version 1; 3 is expected"]);
  });
});

describe("the package", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
  });
  const [packed] = JSON.parse(output) as [{ files: { path: string }[]; unpackedSize: number }];
  const paths = packed.files.map(({ path }) => path);

  test("holds what was built from a source of ours, the schemas, and what every package holds", () => {
    const others = [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "package.json",
      "connectors.schema.json",
      "policy.schema.json",
    ];
    expect(paths.filter((path) => !path.startsWith("dist/")).toSorted()).toEqual(others.toSorted());
    const built = paths.filter((path) => path.startsWith("dist/"));
    const sourceOf = (path: string) => path.replace("dist/", "").replace(/(\.d\.ts|\.js)$/, ".ts");
    expect(built.filter((path) => !existsSync(join(root, sourceOf(path))))).toEqual([]);
    expect(new Set(built.map((path) => path.split("/")[1]))).toEqual(
      new Set(["cli", "emulator", "generated", "pipeline", "provider", "sdk"]),
    );
  });

  test("stays small", () => {
    expect(packed.unpackedSize).toBeLessThan(2 * 1024 * 1024);
  });
});

describe("the workflows", () => {
  const workflows = globSync(".github/workflows/*.yml", { cwd: root });

  test.each(workflows)("%s runs others' actions only by commit, with no more rights than it needs", (file) => {
    const text = read(file);
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => String(action));
    expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text).not.toMatch(/secrets\.|pull_request_target|write-all/);
  });

  test("CI calls what the README tells people to call, after the gate", () => {
    const runs = runsOf(".github/workflows/ci.yml");
    const told = [...read("README.md").matchAll(/^(npm (?:test|run \w+)) +#/gm)].map(([, command]) => String(command));
    expect(told).toEqual(["npm run demo", "npm test"]);
    expect(runs[0]).toBe("node tools/check-lockfile.mjs");
    expect(new Set(runs.slice(1))).toEqual(new Set(told));
  });

  test("a release is gated, audited and tested before it is published with its provenance, and without a token", () => {
    expect(runsOf(".github/workflows/release.yml").slice(1)).toEqual([
      "node tools/check-lockfile.mjs",
      "npm ci --ignore-scripts --no-fund",
      "npm audit --omit=dev --audit-level=low",
      "npm audit --audit-level=high",
      "npm audit signatures",
      "npm test",
      "npm publish --provenance --access public --ignore-scripts",
    ]);
    expect(read(".github/workflows/release.yml")).toContain("id-token: write");
  });
});

function runsOf(file: string): string[] {
  return [...read(file).matchAll(/- run: (.*)$/gm)].map(([, command]) => String(command));
}
