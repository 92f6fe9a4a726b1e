import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parsePolicy, rules } from "../../../pipeline/index.js";
import { policySchema, ruleKeys } from "../../../pipeline/gate/policy/schema.js";

const root = new URL("../../../", import.meta.url);
const page = readFileSync(new URL("docs/policy.md", root), "utf8");

const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const schema = JSON.parse(readFileSync(new URL("policy.schema.json", root), "utf8")) as JsonSchema;

function at(field: string): JsonSchema | undefined {
  return field.split(".").reduce<JsonSchema | undefined>((inner, part) => inner?.properties?.[part], schema);
}

/** Fields that hold a value, `limits.restarts.max` and so on. */
function leavesOf({ properties }: JsonSchema, prefix = ""): string[] {
  return Object.entries(properties ?? {}).flatMap(([name, inner]) =>
    inner.properties ? leavesOf(inner, `${prefix}${name}.`) : [prefix + name],
  );
}

test("the page's table has a row for every rule, in its order, with its flag and what it means", () => {
  const [, rendered = ""] = /<!-- rules: .*? -->([\s\S]*)<!-- end of rules -->/.exec(page) ?? [];
  const rows = rendered
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows.slice(2)).toEqual(
    rules.map(({ field, flag }) => [`\`${field}\``, flag ? `\`${flag.usage}\`` : "", at(field)?.description]),
  );
});

test("every rule of the schema is a row, and every row is in the schema", () => {
  const others = ["$schema", "version", "window.cron", "window.duration", "window.timeZone", "exceptions"];
  const fields = leavesOf(schema).filter((field) => !others.includes(field));
  expect(rules.map(({ field }) => field)).toEqual([...fields, "window"]);
  expect([...new Set(rules.map(({ key }) => key))]).toEqual([...ruleKeys]);
});

test("the page's policy is one", () => {
  expect(parsePolicy(example, "policy.yaml", new Date("2026-03-04")).warnings).toEqual([]);
});

test("the JSON schema has a description of everything", () => {
  const undescribed: string[] = [];
  const walk = (node: JsonSchema, path: string): void => {
    for (const [name, inner] of Object.entries(node.properties ?? {})) {
      if (inner.description === undefined) undescribed.push(path + name);
      walk(inner, `${path}${name}.`);
    }
  };
  walk(schema, "");
  expect(undescribed).toEqual([]);
  expect(schema).toEqual(z.toJSONSchema(policySchema, { io: "input" }));
});

describe("an editor that has the JSON schema sees what the reader sees", () => {
  const valid = new Ajv2020({ validateFormats: false }).compile(schema);
  const isRead = (text: string) => {
    try {
      return parsePolicy(text, "policy.yaml").policy !== undefined;
    } catch {
      return false;
    }
  };
  test.each([
    [example, true],
    ["version: 1", true],
    ["limits: {}", false],
    ["version: 2", false],
    ["version: 1\nlimits: { creates: -1 }", false],
    ["version: 1\nlimits: { creates: 1.5 }", false],
    ["version: 1\nlimits: { restart: {} }", false],
    ["version: 1\nlimits: { restarts: { percent: 101 } }", false],
    ["version: 1\nallow: { replace: 'no' }", false],
    ["version: 1\nuntouchable: ['']", false],
    ["version: 1\nwindow: { cron: '0 22 * * 2', duration: 4h }", false],
    ["version: 1\nexceptions: [{ rule: limits, connectors: [a], until: 2026-12-01, reason: x }]", false],
    ["version: 1\nexceptions: [{ rule: window, connectors: [], until: 2026-12-01, reason: x }]", false],
    ["version: 1\nexceptions: [{ rule: window, connectors: [a], until: 2026-02-30, reason: x }]", false],
    ["version: 1\nexceptions: [{ rule: window, connectors: [a], until: 2026-12-01 }]", false],
  ])("%j: %s", (text, right) => expect([valid(parse(text)), isRead(text)]).toEqual([right, right]));
});
