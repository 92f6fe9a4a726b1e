import { readFile } from "node:fs/promises";
import { z } from "zod";
import { missingField, unknownProperty } from "../../../provider/errors/messages/check.js";
import { printableKey } from "../../../provider/model/name.js";
import { isObject } from "../../../provider/model/json.js";
import { nearest } from "../../../provider/model/nearest.js";
import { readLocatedYaml, type LocatedYaml, type Place } from "../../source/yaml/aliased.js";
import { exceptionOver, policyInvalid, policyUnreadable } from "./messages.js";
import { isOver } from "./exceptions.js";
import { policySchema, type Policy } from "./schema.js";

export interface PolicyRead {
  readonly policy: Policy;
  /** Exceptions whose time is over, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads a policy file, YAML or JSON.
 *
 * @param file Its path, as sentences name it.
 * @throws ConnectorError `SETTINGS_INVALID`, with every problem at once, each with file, line and column.
 */
export async function readPolicy(file: string, now = new Date()): Promise<PolicyRead> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw policyUnreadable(file, error);
  }
  return parsePolicy(text, file, now);
}

/** Like {@link readPolicy}, of a text at hand. */
export function parsePolicy(text: string, file: string, now = new Date()): PolicyRead {
  const { read, problems } = checkPolicy(text, file, now);
  if (!read) throw policyInvalid(file, problems);
  return read;
}

/** A policy, or everything that is wrong with it, a line each with file, line and column. */
export function checkPolicy(
  text: string,
  file: string,
  now = new Date(),
): { readonly read?: PolicyRead; readonly problems: readonly string[] } {
  const yaml = readLocatedYaml(text);
  const parsed = policySchema.safeParse(yaml.value);
  const problems =
    yaml.problems.length > 0 ? [...yaml.problems] : parsed.success ? [] : problemsOf(parsed.error.issues, yaml);
  problems.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  if (!parsed.success || problems.length > 0) {
    return { problems: problems.map((problem) => `${locationOf(file, problem.place)}: ${problem.text}`) };
  }
  const { $schema: _, version: __, ...rules } = parsed.data;
  const policy = { ...rules, file };
  const warnings = (policy.exceptions ?? []).flatMap((exception, index) =>
    isOver(exception, policy, now)
      ? [exceptionOver(locationOf(file, yaml.placeOf(["exceptions", index])), exception)]
      : [],
  );
  return { read: { policy, warnings }, problems: [] };
}

interface Problem {
  readonly place: Place;
  readonly text: string;
}

function problemsOf(issues: readonly z.core.$ZodIssue[], yaml: LocatedYaml): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const { path } = issue;
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(policySchema, path);
      return issue.keys.map((key) => ({
        place: yaml.placeOfKey([...path, key]),
        text: `${pathText([...path, printableKey(key)])}: ${unknownProperty(nearest(key, known))}`,
      }));
    }
    const name = pathText(path);
    const missing = path.length > 0 && valueAt(yaml.value, path) === undefined;
    const said = missing ? missingField : issue.message;
    const text = path.length === 0 ? said : `${name}: ${said}`;
    return [{ place: yaml.placeOf(path), text }];
  });
}

/** `exceptions[0].until`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${String(part)}`),
    "",
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => {
    if (Array.isArray(inner)) return inner[Number(part)] as unknown;
    return isObject(inner) && Object.hasOwn(inner, part) ? inner[String(part)] : undefined;
  }, value);
}

/** The properties that an object at `path` may have. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  const [part, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  if (part === undefined) return Object.keys(shape);
  const inner = shape[String(part)];
  return inner ? keysAt(inner, rest) : [];
}

function locationOf(file: string, { line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
