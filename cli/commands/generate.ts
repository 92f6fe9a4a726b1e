import { writeFile } from "node:fs/promises";
import { Option } from "commander";
import { generate, type Generated, type GenerateOptions } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { collect, given, listOf, type Flags } from "./flags.js";
import { sourceOf } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace generate --out connectors.yaml",
  define: (command) =>
    command
      .addOption(
        new Option(
          "--format <format>",
          "a TypeScript program or a manifest; default: by the file's name, else ts",
        ).choices(["ts", "yaml"]),
      )
      .option("--out <file>", "write it to a file instead of stdout")
      .option("--force", "overwrite the file")
      .option("--account <name>", "the account to list; default: that of DATASPACE_ENDPOINT and DATASPACE_TOKEN")
      .option("--ignore <glob>", "names at the service to leave out (repeatable)", collect)
      .option("--stack <name>", "leave out what this stack manages (repeatable)", collect)
      .option("--manifest <file>", "the manifest of those stacks")
      .option("--project-dir <folder>", "or the folder of their Pulumi project")
      .option("--project <name>", "or its name; a generated manifest takes it over (default: connectors)"),
  async run({ flags, follow, signal }) {
    const { out, account, project } = {
      ...given(flags, "out"),
      ...given(flags, "account"),
      ...given(flags, "project"),
    };
    const { text, ...found } = await follow(
      generate({
        format: formatOf(flags, out),
        account,
        project,
        ignore: listOf(flags["ignore"]),
        stacks: stacksOf(flags, project),
        signal,
      }),
    );
    if (out !== undefined) await write(out, text, flags["force"] === true);
    const document = { command: "generate", exitCode: 0, ...found };
    return out === undefined
      ? { exitCode: 0, document: { ...document, text }, text: text.trimEnd() }
      : { exitCode: 0, document: { ...document, file: out }, text: summary(out, found) };
  },
};

function formatOf(flags: Flags, out: string | undefined): "ts" | "yaml" {
  const format = flags["format"] ?? (out !== undefined && /\.ya?ml$/i.test(out) ? "yaml" : "ts");
  return format === "yaml" ? "yaml" : "ts";
}

function stacksOf(flags: Flags, project: string | undefined): GenerateOptions["stacks"] {
  const names = listOf(flags["stack"]);
  if (names.length === 0) return undefined;
  const named = project !== undefined && flags["manifest"] === undefined && flags["projectDir"] === undefined;
  return { source: named ? { program: async () => {}, project } : sourceOf(flags), names };
}

/** @throws Error where the file is there already, unless that is meant. */
async function write(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Error(
      code === "EEXIST"
        ? `Could not write ${file}: it is there already, and was not touched.\nNext: Name another file with --out, or add --force, which overwrites it.`
        : `Could not write ${file} (${code}).\nNext: Name another file with --out.`,
    );
  }
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
