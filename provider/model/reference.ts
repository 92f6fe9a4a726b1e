import { z } from "zod";
import { referencePrefix } from "./reference-prefix.js";
import { isUnknown } from "./unknown.js";

/** Where a value is to be had. */
const sourceSchema = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ command: z.array(z.string()).min(1), timeout: z.string().optional() }),
]);

export type Source = z.output<typeof sourceSchema>;

/** A source, and what of its answer is meant. */
export interface Reference {
  readonly source: Source;
  /** Path to the value in the output, which must be JSON: `data.data.secretAccessKeyRead`. */
  readonly key?: string | undefined;
  /** Where the value before the last rotation is to be had. */
  readonly previous?: Reference | undefined;
}

const referenceSchema: z.ZodType<Reference> = z.strictObject({
  source: sourceSchema,
  key: z.string().min(1).optional(),
  previous: z.lazy(() => referenceSchema).optional(),
});

export function isReference(value: unknown): value is string {
  return typeof value === "string" && value.startsWith(referencePrefix);
}

/** `undefined` for a text that begins like a reference and is none. */
export function parseReference(text: string): Reference | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text.slice(referencePrefix.length));
  } catch {
    return undefined;
  }
  const parsed = referenceSchema.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}

/** The reference as it is meant for one connector: `{name}` stands for its name, in a variable's name as `ACME_EDC` for `acme-edc`. */
export function forConnector(reference: Reference, name: string): Reference {
  const { source, key, previous } = reference;
  return {
    source: sourceFor(source, name),
    ...(key === undefined ? {} : { key: key.replaceAll("{name}", name) }),
    ...(previous === undefined ? {} : { previous: forConnector(previous, name) }),
  };
}

function sourceFor(source: Source, name: string): Source {
  if ("env" in source) return { env: source.env.replaceAll("{name}", name.toUpperCase().replaceAll("-", "_")) };
  if ("file" in source) return { file: source.file.replaceAll("{name}", name) };
  return { ...source, command: source.command.map((word) => word.replaceAll("{name}", name)) };
}

/** Whether the reference can be followed: one that mentions the connector's name must wait until that is known. */
export function isFollowable(text: string, name: unknown): boolean {
  return !text.includes("{name}") || (typeof name === "string" && !isUnknown(name));
}

/** `the environment variable ACME_KEY`, as sentences name a source. Of a command only its program: arguments may be anything. */
export function describe(source: Source): string {
  if ("env" in source) return `the environment variable ${source.env}`;
  if ("file" in source) return `the file ${source.file}`;
  return `the command ${source.command[0] ?? ""}`;
}
