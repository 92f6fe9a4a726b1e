import { existsSync } from "node:fs";
import {
  generate,
  printable,
  writeOutputFile,
  type Generated,
  type GenerateOptions,
  type Source,
} from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { collect, given, oneOf, valueFlag, type Flags } from "./flags.js";
import { sourceOf } from "./stack-flags.js";
import { unwritable, writableProblem } from "./writable.js";

type Format = GenerateOptions["format"];

interface Named {
  readonly out?: string;
  readonly project?: string;
  readonly stack?: readonly string[];
  readonly alsoManaged?: readonly string[];
}

export const command: CommandModule = {
  example: "pulumi-dataspace generate --out connectors.yaml",
  define: (command) =>
    command
      .addOption(
        valueFlag("--format <format>", "ts or yaml; default: by the file's name, else ts", oneOf("yaml", "ts")),
      )
      .option("--out <file>", "write to a file instead of stdout")
      .option("--force", "overwrite the file")
      .option("--account <name>", "the account to list; default: that of DATASPACE_ENDPOINT and DATASPACE_TOKEN")
      .option("--ignore <glob>", "names at the service to leave out (repeatable)", collect)
      .option("--stack <name>", "leave out what this stack manages (repeatable)", collect)
      .option("--also-managed <stack>", "another stack of the same project, as for drift (repeatable)", collect)
      .option("--manifest <file>", "the manifest of those stacks")
      .option("--project-dir <folder>", "or the folder of their Pulumi project")
      .option("--project <name>", "or its name, which a generated manifest takes over; default: connectors"),
  async run({ flags, terminal, follow, signal }) {
    const { out, project, stack = [], alsoManaged = [] } = flags as Named;
    const names = [...stack, ...alsoManaged];
    const problem = out === undefined ? undefined : problemOf(out, flags["force"] === true);
    if (problem !== undefined) throw new Error(problem);
    const { text, ...found } = await follow(
      generate({
        format: (flags["format"] as Format | undefined) ?? (out !== undefined && /\.ya?ml$/i.test(out) ? "yaml" : "ts"),
        ...given<GenerateOptions>(flags, "account", "project", "ignore"),
        ...(names.length > 0 ? { stacks: { source: sourceOfStacks(flags, project), names } } : {}),
        signal,
      }),
    );
    const lost = out === undefined ? undefined : await write(out, text, flags["force"] === true);
    if (lost !== undefined) terminal.complain(lost);
    const exitCode = lost === undefined ? 0 : 1;
    const document = { command: "generate", exitCode, ...found };
    return out === undefined || lost !== undefined
      ? { exitCode, document: { ...document, text }, text: text.trimEnd() }
      : { exitCode, document: { ...document, file: out }, text: summary(out, found) };
  },
};

function sourceOfStacks(flags: Flags, project: string | undefined): Source {
  const named = project !== undefined && flags["manifest"] === undefined && flags["projectDir"] === undefined;
  return named ? { program: async () => {}, project } : sourceOf(flags);
}

/** Why nothing may or can be written there; `undefined`: it is free. */
function problemOf(file: string, force: boolean): string | undefined {
  return !force && existsSync(file)
    ? `Could not write ${file}: it already exists.\nNext: Name another file with --out, or add --force to overwrite it.`
    : writableProblem("--out", file);
}

/** Why it wasn't written after all; `undefined`: it was. */
async function write(file: string, text: string, force: boolean): Promise<string | undefined> {
  const problem = problemOf(file, force);
  if (problem !== undefined) return problem;
  return writeOutputFile(file, text, 0o666).then(
    () => undefined,
    (error: unknown) => unwritable("--out", file, printable(error)),
  );
}

function summary(file: string, { connectors, leftOut, managed, ignored }: Omit<Generated, "text">): string {
  const counts = [
    connectors.length === 1 ? "1 connector" : `${connectors.length} connectors`,
    ...(managed > 0 ? [`${managed} managed already`] : []),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  const remarks = connectors.flatMap(({ key, remarks: lines }) => lines.map((line) => `${key}: ${line}`));
  return [...leftOut, ...remarks, `✓ ${file}: ${counts.join(", ")}`].join("\n");
}
