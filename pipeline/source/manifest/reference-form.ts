import { dirname, resolve } from "node:path";
import { z } from "zod";
import { unknownProperty } from "../../../provider/errors/messages/check.js";
import { problemsIn, type Problem } from "../../../provider/model/check.js";
import { isObject } from "../../../provider/model/json.js";
import { nearest } from "../../../provider/model/nearest.js";
import { durationText } from "../../../provider/model/text.js";
import { fromCommand, fromEnv, fromFile } from "../../../sdk/credentials.js";
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

/** One row per source, by the property that names it. */
const forms = {
  fromEnv: z.strictObject({
    fromEnv: filled("must be a string")
      .regex(/^[^\s$=\p{Cc}]*$/u, "is not a variable name; write it without $, = and spaces")
      .meta({
        description:
          "Name of an environment variable of the machine that runs `pulumi`. `{name}` stands for the connector's name, upper-case, with `_` for `-`.",
      }),
    ...common,
  }),
  fromFile: z.strictObject({
    fromFile: filled("must be a string").meta({
      description: "File with the value; relative to the manifest. `{name}` stands for the connector's name.",
    }),
    ...common,
  }),
  fromCommand: z.strictObject({
    fromCommand: z
      .array(filled("must be a list of strings; put numbers in quotes"), "must be a list: a program and its arguments")
      .min(1, "is empty; give a program and its arguments")
      .meta({
        description:
          "Program and arguments, run without a shell; the output is the value. A program that begins with `./` or `../` is relative to the manifest. `{name}` stands for the connector's name.",
      }),
    ...common,
    timeout: durationText("Time limit of the command. Default `30s`.").optional(),
  }),
};

type Source = keyof typeof forms;
const sources = Object.keys(forms) as Source[];
const optional = ["key", "timeout"];

/** A reference to a credential, as a manifest writes it. */
export const referenceForm: z.ZodType = z.union(Object.values(forms)).meta({
  id: "credentialReference",
  description: "Where the credential comes from. It is resolved when it is needed and never stored.",
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
  const [source, ...others] = sources.filter((each) => Object.hasOwn(raw, each));
  if (source === undefined) return [misspelt(raw, path) ?? { path, sentence: notAReference }];
  if (others.length > 0) return [{ path, sentence: severalSources }];
  const { previous, ...rest } = raw;
  const before = previous === undefined ? undefined : parse(previous, [...path, "previous"]);
  const problems = [
    ...nullsIn(rest, path),
    ...problemsIn(forms[source], rest, undefined, path),
    ...(Array.isArray(before) ? before : []),
  ];
  if (problems.length > 0 || Array.isArray(before)) return problems;
  return { wire: (folder) => wireOf(rest as Form, before?.wire(folder), folder) };
}

function misspelt(raw: object, path: readonly string[]): Problem | undefined {
  for (const key of Object.keys(raw)) {
    const meant = nearest(key, sources);
    if (meant !== undefined) return { path: [...path, key], sentence: unknownProperty(meant) };
  }
  return undefined;
}

/** Without its key, say, a reference would mean something else. */
function nullsIn(raw: object, path: readonly string[]): Problem[] {
  return Object.entries(raw).flatMap(([key, value]) =>
    value === null && optional.includes(key) ? [{ path: [...path, key], sentence: nothing }] : [],
  );
}

interface Form {
  readonly fromEnv?: string;
  readonly fromFile?: string;
  readonly fromCommand?: readonly [string, ...string[]];
  readonly key?: string;
  readonly timeout?: string;
}

function wireOf({ key, timeout, ...form }: Form, previous: string | undefined, folder: string): string {
  const options = { ...(key === undefined ? {} : { key }), ...(previous === undefined ? {} : { previous }) };
  if (form.fromEnv !== undefined) return fromEnv(form.fromEnv, options);
  if (form.fromFile !== undefined) return fromFile(resolve(folder, form.fromFile), options);
  const [program = "", ...argv] = form.fromCommand ?? [];
  return fromCommand([/^\.\.?[\\/]/.test(program) ? resolve(folder, program) : program, ...argv], {
    ...options,
    ...(timeout === undefined ? {} : { timeout }),
  });
}
