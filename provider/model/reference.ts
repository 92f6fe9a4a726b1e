import { z } from "zod";
import { parseJson } from "./json.js";
import { referencePrefix } from "./reference-text.js";
import { rowOf, sourceKinds, sources, type Source } from "./sources.js";
import { isUnknown } from "./unknown.js";

/** A source, and what of its answer is meant. */
export interface Reference {
  readonly source: Source;
  /** Path to the value in the output, which must be JSON: `data.data.secretAccessKeyRead`. */
  readonly key?: string | undefined;
  /** Where the value before the last rotation comes from. */
  readonly previous?: Reference | undefined;
}

const sourceSchema = z.union(
  sourceKinds.map((kind) => {
    const options = Object.keys(sources[kind].options).map((option) => [option, z.string().optional()]);
    return z.strictObject({ [kind]: sources[kind].wire, ...Object.fromEntries(options) });
  }),
) as unknown as z.ZodType<Source>;

const referenceSchema: z.ZodType<Reference> = z.strictObject({
  source: sourceSchema,
  key: z.string().min(1).optional(),
  previous: z.lazy(() => referenceSchema).optional(),
});

export function isReference(value: unknown): value is string {
  return typeof value === "string" && value.startsWith(referencePrefix);
}

/** `undefined` for a text that begins like a reference but is not one. */
export function parseReference(text: string): Reference | undefined {
  const parsed = referenceSchema.safeParse(parseJson(text.slice(referencePrefix.length)));
  return parsed.success ? parsed.data : undefined;
}

/** The reference for one connector: `{name}` stands for its name. */
export function forConnector(reference: Reference, name: string): Reference {
  const { source, key, previous } = reference;
  const { kind, row, argument } = rowOf(source);
  return {
    source: { ...source, [kind]: row.forConnector(argument, name) } as Source,
    ...(key === undefined ? {} : { key: key.replaceAll("{name}", name) }),
    ...(previous === undefined ? {} : { previous: forConnector(previous, name) }),
  };
}

/** Whether the reference can be followed: one that mentions the connector's name must wait until that is known. */
export function isFollowable(text: string, name: unknown): boolean {
  return !text.includes("{name}") || (typeof name === "string" && !isUnknown(name));
}

/** `the environment variable ACME_KEY`, as sentences name a source. */
export function describe(source: Source): string {
  const { row, argument } = rowOf(source);
  return row.label(argument);
}
