import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { worstText } from "../../support/regex-steps.js";

/** Every pattern of the product, with where it stands. Texts of a service, an engine or a user reach most of them. */
function patterns(): { readonly where: string; readonly pattern: RegExp }[] {
  return globSync("{cli,emulator,pipeline,provider,sdk}/**/*.ts").flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found: { where: string; pattern: RegExp }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
        found.push({ where: `${file}:${line}`, pattern });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

test("the steps that a pattern takes grow with the text, never with its square", () => {
  const all = patterns();
  expect(all.length).toBeGreaterThan(50);
  const slow = all.flatMap(({ where, pattern }) => {
    const worst = worstText(pattern);
    return worst === undefined ? [] : [`${where}: ${String(pattern)} on ${JSON.stringify(worst)}`];
  });
  expect(slow).toEqual([]);
});

test.each([
  [/<title[^>]*>([^<]*)<\/title>/i],
  [/=+$/],
  [/\s+$/],
  [/(a+)+$/],
  [/^(a|aa)+$/],
  [/^\d*\d*x/],
  [/created by (.+?) at (\d{4}-\S+)/g],
  [/<a[^>]*>.*<\/a>/],
])("%s is found to be slow", (pattern) => {
  expect(worstText(pattern)).toBeDefined();
});

test.each([
  [/^\s+/],
  [/\s+/g],
  [/[^a-z]+/g],
  [/^[a-z]+(-[a-z]+)*$/],
  [/^\/+/],
  [/^(\d+)(ms|s|m|h)$/],
  [/a{1,9}b/],
  [/^[\w-]{1,100}$/],
])("%s is found to be linear", (pattern) => {
  expect(worstText(pattern)).toBeUndefined();
});
