import { readFile } from "node:fs/promises";
import { z } from "zod";
import { missingField, unknownProperty } from "../../../provider/errors/messages/check.js";
import { nearest } from "../../../provider/model/nearest.js";
import { decodeUtf8 } from "../../../provider/model/utf8.js";
import { byPosition, problemLine, type Located, type Path } from "../../source/yaml/located.js";
import { readYaml, type TextProblem } from "../../source/yaml/read.js";
import { exceptionOver, policyInvalid, policyNotUtf8, policyUnreadable } from "./messages.js";
import { isOver } from "./exceptions.js";
import { policySchema, type Policy } from "./schema.js";

export interface PolicyRead {
  readonly policy: Policy;
  /** A sentence for each exception that has ended. */
  readonly warnings: readonly string[];
}

/**
 * Reads a policy file, YAML or JSON.
 *
 * @param file its path, as messages name it
 * @throws ConnectorError `SETTINGS_INVALID`, with every problem, each with file, line and column
 */
export async function readPolicy(file: string, now = new Date()): Promise<PolicyRead> {
  let text: string | undefined;
  try {
    text = decodeUtf8(await readFile(file));
  } catch (error) {
    throw policyUnreadable(file, error);
  }
  return parsePolicy(text, file, now);
}

/** Like {@link readPolicy}, for a text that has been read; `undefined`: the file is not UTF-8. */
export function parsePolicy(text: string | undefined, file: string, now = new Date()): PolicyRead {
  const { read, problems } = checkPolicy(text, file, now);
  if (!read) throw policyInvalid(file, problems);
  return read;
}

/** A policy, or its problems, a line each with file, line and column. */
export function checkPolicy(
  text: string | undefined,
  file: string,
  now = new Date(),
): { readonly read?: PolicyRead; readonly problems: readonly string[] } {
  if (text === undefined) return { problems: [policyNotUtf8(file)] };
  const { located, problems: ofText } = readYaml(text, { aliases: true });
  const parsed = policySchema.safeParse(located?.value);
  const problems = parsed.success || !located || ofText.length > 0 ? ofText : problemsOf(parsed.error.issues, located);
  if (!located || !parsed.success || problems.length > 0) {
    const inOrder = problems.toSorted((a, b) => byPosition(a.position, b.position));
    return { problems: inOrder.map(({ position, path, sentence }) => problemLine(file, position, path, sentence)) };
  }
  const { $schema: _, version: __, ...rules } = parsed.data;
  const policy = { ...rules, file };
  const warnings = (policy.exceptions ?? []).flatMap((exception, index) => {
    if (!isOver(exception, policy, now)) return [];
    return [problemLine(file, located.positionOf(["exceptions", index]), [], exceptionOver(exception))];
  });
  return { read: { policy, warnings }, problems: [] };
}

function problemsOf(issues: readonly z.core.$ZodIssue[], located: Located): TextProblem[] {
  const problem = (path: Path, sentence: string) => ({ position: located.positionOf(path), path, sentence });
  return issues.flatMap((issue) => {
    const path = issue.path as (string | number)[];
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(policySchema, path);
      return issue.keys.map((key) => problem([...path, key], unknownProperty(nearest(key, known))));
    }
    const isMissing = path.length > 0 && !located.has(path);
    return [problem(path, isMissing ? missingField : issue.message)];
  });
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
