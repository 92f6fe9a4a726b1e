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
import { deriveName, nameRule, printableKey } from "./name.js";
import { nearest } from "./nearest.js";
import { metaOf, storageBlocks, storageKinds, type StorageBlock } from "./storage.js";
import { isUnknown } from "./unknown.js";
import type { PropertyMap } from "./property-map.js";

export interface CheckOptions {
  /** The resource's name in the program, from which the connector's is derived where none is given. */
  readonly resourceName?: string;
  /** Paths of the credentials that may be absent, because an earlier run pushed them. */
  readonly heldCredentials: ReadonlySet<string>;
  /** What may be said of a connector. Default: what a program may. */
  readonly schema?: z.ZodObject;
}

export interface CheckResult {
  /** Each `path: sentence`; never with a value in it. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** One thing that is wrong, and where. */
export interface Problem {
  /** Property names, outermost first, as they are written; empty: the connector as a whole. */
  readonly path: readonly string[];
  /** Complete after `path: `; never with a value in it. */
  readonly sentence: string;
}

/** Everything that is wrong with what a program says of one connector, at once. Values not known yet are never wrong. */
export function checkConnector(raw: PropertyMap, options: CheckOptions): CheckResult {
  return { problems: problemsOfConnector(raw, options).map(problemText), warnings: warningsOfConnector(raw) };
}

/** As {@link checkConnector}, for those who know where each property stands. */
export function problemsOfConnector(raw: PropertyMap, options: CheckOptions): Problem[] {
  const given = givenBlocks(raw);
  const derivable = options.resourceName !== undefined && deriveName(options.resourceName) !== undefined;
  return [
    ...(isAbsent(raw["name"]) && !derivable ? [{ path: ["name"], sentence: missingName(nameRule) }] : []),
    ...problemsIn(options.schema ?? connectorSchema, raw, options.heldCredentials),
    ...(given.length > 1 && given.every((block) => !isUnknown(raw[block]))
      ? [{ path: [], sentence: onlyOneStorage(given) }]
      : []),
  ];
}

/** What is right, and must be known all the same. */
export function warningsOfConnector(raw: PropertyMap): string[] {
  return givenBlocks(raw).flatMap((block) => {
    const { warning } = storageKinds[block];
    // One that isn't known yet may come to nothing.
    return warning === undefined || isUnknown(raw[block]) ? [] : [`${block}: ${warning}`];
  });
}

function givenBlocks(raw: PropertyMap): StorageBlock[] {
  return storageBlocks.filter((block) => raw[block] !== undefined && raw[block] !== null);
}

/** Everything that is wrong with one object of properties, those inside it included. */
export function problemsIn(
  schema: z.ZodObject,
  raw: PropertyMap,
  held: ReadonlySet<string> = new Set(),
  above: readonly string[] = [],
): Problem[] {
  const known = Object.keys(schema.shape);
  return [
    ...Object.keys(raw)
      .filter((key) => !known.includes(key))
      .map((key) => ({ path: [...above, key], sentence: unknownProperty(nearest(key, known)) })),
    ...Object.entries(schema.shape).flatMap(([field, fieldSchema]) =>
      problemsOf(fieldSchema as z.ZodType, field, raw, held, above),
    ),
  ];
}

function problemsOf(
  schema: z.ZodType,
  field: string,
  raw: PropertyMap,
  held: ReadonlySet<string>,
  above: readonly string[],
): Problem[] {
  const value = Object.hasOwn(raw, field) ? raw[field] : undefined;
  const path = [...above, field];
  if (isUnknown(value)) return [];
  if (isAbsent(value)) {
    return isNeeded(schema) && !held.has(path.join(".")) ? [{ path, sentence: absence(schema, raw, above) }] : [];
  }
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodObject) {
    if (typeof value !== "object" || Array.isArray(value)) return [{ path, sentence: notABlock }];
    return problemsIn(inner, value as PropertyMap, held, path);
  }
  const parsed = inner.safeParse(value);
  return parsed.success ? [] : [{ path, sentence: parsed.error.issues[0]?.message ?? "is not valid" }];
}

/** A credential may be left out in a program, because it may come from elsewhere; by now it has. */
function isNeeded(schema: z.ZodType): boolean {
  return !(schema instanceof z.ZodOptional) || metaOf(schema).credential === true;
}

function absence(schema: z.ZodType, raw: PropertyMap, above: readonly string[]): string {
  const { pair } = metaOf(schema);
  return pair !== undefined && !isAbsent(raw[pair]) ? missingHalf([...above, pair].join(".")) : missingField;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function problemText({ path, sentence }: Problem): string {
  return path.length === 0 ? sentence : `${path.map(printableKey).join(".")}: ${sentence}`;
}
