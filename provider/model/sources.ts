import { resolve } from "node:path";
import { z } from "zod";
import { durationText } from "./text.js";

const filled = (error: string) => z.string(error).min(1, "is empty; give a value");

interface SourceRow {
  /** What a manifest gives, with its description. */
  readonly argument: z.ZodType;
  /** The same as the provider gets it, from a program or a manifest. */
  readonly wire: z.ZodType;
  /** Further properties of this source, all optional strings. */
  readonly options: Readonly<Record<string, z.ZodType>>;
  /** An argument, as messages show how to write one. */
  readonly example: string;
  /** The source as sentences name it, without anything that may be a secret. */
  label(argument: unknown): string;
  /** The argument for one connector: `{name}` stands for its name. */
  forConnector(argument: unknown, name: string): unknown;
  /** The argument of a manifest in this folder. */
  inFolder(argument: unknown, folder: string): unknown;
}

/** One row per source of credentials. Programs and manifests write `env` as `fromEnv`. */
export const sources = {
  env: {
    argument: filled("must be a string")
      .regex(/^[^\s$=\p{Cc}]*$/u, "is not a variable name; write it without $, = and spaces")
      .meta({
        description:
          "Name of an environment variable of the machine that runs `pulumi`. `{name}` stands for the connector's name, upper-case, with `_` for `-`.",
      }),
    wire: z.string().min(1),
    options: {},
    example: "NAME",
    label: (variable: string) => `the environment variable ${variable}`,
    forConnector: (variable: string, name: string) =>
      variable.replaceAll("{name}", name.toUpperCase().replaceAll("-", "_")),
    inFolder: (variable: string) => variable,
  },
  file: {
    argument: filled("must be a string").meta({
      description: "File that holds the value; relative to the manifest. `{name}` stands for the connector's name.",
    }),
    wire: z.string().min(1),
    options: {},
    example: "path",
    label: (path: string) => `the file ${path}`,
    forConnector: (path: string, name: string) => path.replaceAll("{name}", name),
    inFolder: (path: string, folder: string) => resolve(folder, path),
  },
  command: {
    argument: z
      .array(filled("must be a list of strings; put numbers in quotes"), "must be a list: a program and its arguments")
      .min(1, "is empty; give a program and its arguments")
      .meta({
        description:
          "Program and arguments, run without a shell in the manifest's folder; the value is what it prints. `{name}` stands for the connector's name.",
      }),
    wire: z.array(z.string()).min(1),
    options: { timeout: durationText("Limit of the command. Default `30s`.").optional() },
    example: "[program, argument]",
    // Only the program: an argument may be a secret.
    label: ([program = ""]: readonly string[]) => `the command ${program}`,
    forConnector: (words: readonly string[], name: string) => words.map((word) => word.replaceAll("{name}", name)),
    inFolder: ([program = "", ...rest]: readonly string[], folder: string) => [
      /^\.\.?[\\/]/.test(program) ? resolve(folder, program) : program,
      ...rest,
    ],
  },
} as const satisfies Record<string, SourceRow>;

export type SourceKind = keyof typeof sources;

/** Where a value comes from: `{ env: "NAME" }`, `{ command: ["vault", "read"], timeout: "10s" }`. */
export type Source = {
  readonly [Kind in SourceKind]: { readonly [Key in Kind]: Readonly<z.output<(typeof sources)[Kind]["wire"]>> } & {
    readonly [Option in keyof (typeof sources)[Kind]["options"]]?: string | undefined;
  };
}[SourceKind];

export const sourceKinds = Object.keys(sources) as SourceKind[];

/** The row of a source, and what it is given. */
export function rowOf(source: Source): {
  readonly kind: SourceKind;
  readonly row: SourceRow;
  readonly argument: unknown;
} {
  const [kind = "env"] = sourceKinds.filter((each) => each in source);
  return { kind, row: sources[kind], argument: (source as Readonly<Record<string, unknown>>)[kind] };
}

/** `env` → `fromEnv`: the function of programs, and the property in manifests. */
export function writtenAs(kind: SourceKind): string {
  return `from${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** Any of them, e.g. `fromEnv, fromFile or fromCommand`. */
export function anySource(written: (kind: SourceKind) => string = writtenAs): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(sourceKinds.map(written));
}
