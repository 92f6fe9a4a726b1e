import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { settingRows, variableOf } from "../../../provider/core/settings.js";

const root = new URL("../../..", import.meta.url).pathname;
const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...globSync("docs/**/*.md", { cwd: root })];
const textOf = (page: string) => readFileSync(join(root, page), "utf8");
const manifest = JSON.parse(textOf("package.json")) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test.each(pages)("every link of %s leads somewhere", (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => String(link));
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
});

test.each(pages)("every npm script and every setting that %s names exists", (page) => {
  const text = textOf(page);
  const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => String(script));
  expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  const known = settingRows.flatMap(({ name, variable }) => [variable, variableOf(name, "b")]);
  const named = [...text.matchAll(/DATASPACE_[A-Z_]*[A-Z]/g)]
    .map(([variable]) => variable)
    .filter((each) => each !== "DATASPACE_B");
  expect(named.filter((variable) => !known.includes(variable))).toEqual([]);
});

test("the README's configuration table has a row for every setting that people set", () => {
  const readme = textOf("README.md");
  const missing = settingRows.filter(
    ({ variable, name }) => name !== "apiEdition" && !readme.includes(`\`${variable}\``),
  );
  expect(missing).toEqual([]);
});

test("every dependency has its line, and no other has", () => {
  const named = [...textOf("docs/dependencies.md").matchAll(/^\| (`[^|]+`)/gm)].flatMap(([, cell]) =>
    [...String(cell).matchAll(/`([^`]+)`/g)].map(([, name]) => String(name)),
  );
  const { dependencies, peerDependencies, devDependencies } = manifest;
  const declared = Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies });
  expect([...new Set(named)].sort()).toEqual(declared.sort());
});

test("every test and tool that SECURITY.md leans on is there", () => {
  const named = [...textOf("SECURITY.md").matchAll(/`((?:test|tools|bench|\.github)\/[\w./-]+)`/g)].map(([, path]) =>
    String(path),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every decision is in the list", () => {
  const list = textOf("docs/decisions/README.md");
  const unlisted = globSync("*.md", { cwd: join(root, "docs/decisions") }).filter(
    (page) => page !== "README.md" && !list.includes(page),
  );
  expect(unlisted).toEqual([]);
});
