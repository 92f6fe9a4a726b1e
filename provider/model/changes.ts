import { z } from "zod";
import { connectorSchema } from "./connector.js";
import { isObject } from "./json.js";
import { fingerprintsOf } from "./fingerprints.js";
import { metaOf, storageBlocks } from "./storage.js";
import type { PropertyMap } from "./property-map.js";

/** One differing field. */
export interface Change {
  /** E.g. `amazonS3.region`. */
  readonly path: string;
  readonly effect: "update" | "replace" | "bookkeeping";
  readonly credential: boolean;
  /** The configuration must be sent to the service again. */
  readonly push: boolean;
}

/** What differs between two versions of a connector's inputs (outputs will do: they hold the inputs). Compared field by field. */
export function changesBetween(olds: PropertyMap, news: PropertyMap): Change[] {
  return [
    ...Object.entries(connectorSchema.shape).flatMap(([field, schema]) =>
      fieldChanges(schema as z.ZodType, field, olds, news),
    ),
    ...credentialChanges(olds, news),
  ];
}

function fieldChanges(schema: z.ZodType, field: string, olds: PropertyMap, news: PropertyMap, prefix = ""): Change[] {
  const before = olds[field] ?? undefined;
  const after = news[field] ?? undefined;
  const path = prefix + field;
  const { replaces, push, credential } = metaOf(schema);
  // Credentials are compared by their fingerprints.
  if (credential || same(before, after)) return [];
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodObject && isObject(before) && isObject(after)) {
    return Object.entries(inner.shape).flatMap(([name, nested]) =>
      fieldChanges(nested as z.ZodType, name, before, after, `${path}.`),
    );
  }
  return [{ path, effect: replaces ? "replace" : "update", credential: false, push: push === true }];
}

function credentialChanges(olds: PropertyMap, news: PropertyMap): Change[] {
  const block = storageBlocks.find((name) => news[name] !== undefined);
  const before = fingerprintsOf(olds);
  const after = fingerprintsOf(news);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !same(before[field], after[field]))
    .map((field) => ({
      path: block === undefined ? field : `${block}.${field}`,
      effect: "update" as const,
      credential: true,
      push: !isAssumed(field, before, news),
    }));
}

/** Whether a credential that is given now is taken for the one that the service holds, of which state knows nothing. */
export function isAssumed(field: string, before: PropertyMap, news: PropertyMap): boolean {
  return news["adoptCredentials"] === "assume" && (before[field] ?? undefined) === undefined;
}

/** Structural; the wire keeps no order of keys (observed). */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
    same(a[key] ?? undefined, b[key] ?? undefined),
  );
}
