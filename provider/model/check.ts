import { z } from "zod";
import {
  missingField,
  missingHalf,
  missingName,
  notABlock,
  onlyOneStorage,
  unknownProperty,
} from "../errors/messages/check.js";
import { connectorSchema } from "./connector.js";
import { deriveName, nameRule } from "./name.js";
import { nearest } from "./nearest.js";
import { metaOf, storageBlocks, storageKinds } from "./storage.js";
import { isUnknown } from "./unknown.js";

export interface CheckOptions {
  /** The resource's name in the program, from which the connector's is derived where none is given. */
  readonly resourceName?: string;
  /** Paths of the credentials that may be absent, because an earlier run pushed them. */
  readonly heldCredentials: ReadonlySet<string>;
}

export interface CheckResult {
  /** Each `path: sentence`; never with a value in it. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

type Properties = Readonly<Record<string, unknown>>;

/** Everything that is wrong with what a program says of one connector, at once. Values not known yet are never wrong. */
export function checkConnector(raw: Properties, options: CheckOptions): CheckResult {
  const given = storageBlocks.filter((block) => raw[block] !== undefined && raw[block] !== null);
  const derivable = options.resourceName !== undefined && deriveName(options.resourceName) !== undefined;
  const problems = [
    ...(isAbsent(raw["name"]) && !derivable ? [missingName(nameRule)] : []),
    ...problemsIn(connectorSchema, raw, "", options.heldCredentials),
    ...(given.length > 1 && given.every((block) => !isUnknown(raw[block])) ? [onlyOneStorage(given)] : []),
  ];
  const warnings = given.flatMap((block) => {
    const { warning } = storageKinds[block];
    return warning === undefined ? [] : [`${block}: ${warning}`];
  });
  return { problems, warnings };
}

function problemsIn(schema: z.ZodObject, raw: Properties, prefix: string, held: ReadonlySet<string>): string[] {
  const known = Object.keys(schema.shape);
  const problems = Object.keys(raw)
    .filter((key) => !known.includes(key))
    .map((key) => unknownProperty(prefix + printable(key), nearest(key, known)));
  for (const [field, fieldSchema] of Object.entries(schema.shape)) {
    problems.push(...problemsOf(fieldSchema as z.ZodType, field, raw, prefix, held));
  }
  return problems;
}

function problemsOf(
  schema: z.ZodType,
  field: string,
  raw: Properties,
  prefix: string,
  held: ReadonlySet<string>,
): string[] {
  const value = Object.hasOwn(raw, field) ? raw[field] : undefined;
  const path = prefix + field;
  if (isUnknown(value)) return [];
  if (isAbsent(value)) return isNeeded(schema) && !held.has(path) ? [absence(schema, raw, path, prefix)] : [];
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodObject) {
    if (typeof value !== "object" || Array.isArray(value)) return [notABlock(path)];
    return problemsIn(inner, value as Properties, `${path}.`, held);
  }
  const parsed = inner.safeParse(value);
  return parsed.success ? [] : [`${path}: ${parsed.error.issues[0]?.message ?? "is not valid"}`];
}

/** A credential may be left out in a program, because it may come from elsewhere; by now it has. */
function isNeeded(schema: z.ZodType): boolean {
  return !(schema instanceof z.ZodOptional) || metaOf(schema).credential === true;
}

function absence(schema: z.ZodType, raw: Properties, path: string, prefix: string): string {
  const { pair } = metaOf(schema);
  return pair !== undefined && !isAbsent(raw[pair]) ? missingHalf(path, prefix + pair) : missingField(path);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A property's name comes from the program, which may have put anything there. */
function printable(key: string): string {
  return /^[\w-]{1,40}$/.test(key) ? key : "(unprintable)";
}
