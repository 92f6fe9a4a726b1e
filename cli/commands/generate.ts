import { writeFile } from "node:fs/promises";
import { Option } from "commander";
import { generate, type Generated } from "../../sdk/pipeline/index.js";
import type { CommandModule } from "./command.js";

export const command: CommandModule = {
  example: "pulumi-dataspace generate --out connectors.yaml",
  define: (command) =>
    command
      .addOption(
        new Option(
          "--format <format>",
          "a TypeScript program or a manifest; unless told, what --out ends with",
        ).choices(["ts", "yaml"]),
      )
      .option("--out <file>", "write it to a file instead of stdout")
      .option("--force", "overwrite the file")
      .option("--account <name>", "the account to list; unless told, that of DATASPACE_ENDPOINT and DATASPACE_TOKEN")
      .option("--project <name>", "the manifest's Pulumi project; unless told, connectors")
      .option(
        "--ignore <glob>",
        "leave out connectors by name (repeatable)",
        (glob: string, globs: readonly string[] = []) => [...globs, glob],
      ),
  async run({ flags, follow, signal }) {
    const { format, out, force, account, project, ignore } = flags as Flags;
    const run = generate({ format: format ?? formatOf(out), account, project, ignore, signal });
    const { text, connectors, leftOut, managed, ignored } = await follow(run);
    if (out !== undefined) await write(out, text, force === true);
    const document = { command: "generate", exitCode: 0, connectors, leftOut, managed, ignored };
    return out === undefined
      ? { exitCode: 0, document: { ...document, text }, text: text.trimEnd() }
      : {
          exitCode: 0,
          document: { ...document, file: out },
          text: summary(out, { connectors, leftOut, managed, ignored }),
        };
  },
};

interface Flags {
  readonly format?: "ts" | "yaml";
  readonly out?: string;
  readonly force?: boolean;
  readonly account?: string;
  readonly project?: string;
  readonly ignore?: readonly string[];
}

function formatOf(out: string | undefined): "ts" | "yaml" {
  return out !== undefined && /\.ya?ml$/i.test(out) ? "yaml" : "ts";
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
