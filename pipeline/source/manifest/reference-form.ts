import { dirname } from "node:path";
import { z } from "zod";
import { unknownProperty } from "../../../provider/errors/messages/check.js";
import { problemsIn, type Problem } from "../../../provider/model/check.js";
import { isObject } from "../../../provider/model/json.js";
import { nearest } from "../../../provider/model/nearest.js";
import { referenceText } from "../../../provider/model/reference-text.js";
import { sourceKinds, sources, writtenAs } from "../../../provider/model/sources.js";
import { notAReference, nothing, severalSources } from "./messages.js";

const filled = (error: string) => z.string(error).min(1, "is empty; give a value");

const common = {
  key: filled("must be a string").optional().meta({
    description:
      "Path to the value in the output, which must be JSON: `data.data.secretAccessKeyRead`. `{name}` stands for the connector's name.",
  }),
  previous: z
    .lazy((): z.ZodType => referenceForm)
    .optional()
    .meta({ description: "A reference to the value before the last rotation, for rollback." }),
};

/** By the property that names the source: `fromEnv`, … */
const forms = new Map(
  sourceKinds.map((kind) => {
    const { argument, options } = sources[kind];
    const form = z.strictObject({ [writtenAs(kind)]: argument, ...common, ...options } as Record<string, z.ZodType>);
    return [writtenAs(kind), { kind, form, options: Object.keys(options) }] as const;
  }),
);
const names = [...forms.keys()];

/** How a manifest says where a credential comes from. */
export const referenceForm: z.ZodType = z.union([...forms.values()].map(({ form }) => form)).meta({
  id: "credentialReference",
  description: "Where a credential comes from. It is read when it is needed, and never stored.",
});

/** The form that is sent to the provider, or everything that is wrong. Files are relative to the manifest. */
export function wireFormOf(raw: unknown, manifest: string): string | Problem[] {
  const parsed = parse(raw, []);
  return Array.isArray(parsed) ? parsed : parsed.wire(dirname(manifest));
}

interface Parsed {
  wire(folder: string): string;
}

function parse(raw: unknown, path: readonly string[]): Parsed | Problem[] {
  if (!isObject(raw)) return [{ path, sentence: notAReference }];
  const [name, ...others] = names.filter((each) => Object.hasOwn(raw, each));
  const found = name === undefined ? undefined : forms.get(name);
  if (name === undefined || found === undefined) return [misspelt(raw, path) ?? { path, sentence: notAReference }];
  if (others.length > 0) return [{ path, sentence: severalSources }];
  const { previous, ...rest } = raw;
  const before = previous === undefined ? undefined : parse(previous, [...path, "previous"]);
  const problems = [
    ...nullsIn(rest, ["key", ...found.options], path),
    ...problemsIn(found.form, rest, undefined, path),
    ...(Array.isArray(before) ? before : []),
  ];
  if (problems.length > 0 || Array.isArray(before)) return problems;
  const { [name]: argument, key, ...options } = rest;
  const { kind } = found;
  const row: { inFolder(argument: unknown, folder: string): unknown } = sources[kind];
  return {
    wire: (folder) =>
      referenceText(
        { [kind]: row.inFolder(argument, folder), ...options },
        key as string | undefined,
        before?.wire(folder),
      ),
  };
}

function misspelt(raw: object, path: readonly string[]): Problem | undefined {
  for (const key of Object.keys(raw)) {
    const meant = nearest(key, names);
    if (meant !== undefined) return { path: [...path, key], sentence: unknownProperty(meant) };
  }
  return undefined;
}

/** Without its key, say, a reference would mean something else. */
function nullsIn(raw: object, optional: readonly string[], path: readonly string[]): Problem[] {
  return Object.entries(raw).flatMap(([key, value]) =>
    value === null && optional.includes(key) ? [{ path: [...path, key], sentence: nothing }] : [],
  );
}
