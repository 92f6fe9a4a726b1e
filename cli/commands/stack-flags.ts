import type { Command } from "commander";
import {
  findManifest,
  reportExtensions,
  reportFilesProblem,
  usage,
  type Source,
  type StackOptions,
} from "../../pipeline/index.js";
import { collect, durationOf, given, listOf, type Flags } from "./flags.js";

/** The flags of every command on a stack. */
export function addStackFlags(command: Command): Command {
  return command
    .requiredOption("--stack <name>", "the stack")
    .option("--manifest <file>", "a manifest; default: connectors.yaml, .yml or .json where it is there")
    .option("--project-dir <folder>", "the folder of a Pulumi project")
    .option("--only <glob>", "only connectors whose key matches (repeatable)", collect)
    .option("--exclude <glob>", "not those whose key matches (repeatable)", collect)
    .option("--report <file>", `write a report: ${reportExtensions} (repeatable)`, collect)
    .option("--wait-for-lock <time>", "how long to wait for a stack that another run holds, e.g. 10m")
    .option("--secrets-provider <url>", "for a stack that is created");
}

/** What {@link addStackFlags} was given. @throws Error with a sentence for what can't be */
export function stackOptions(flags: Flags, signal: AbortSignal): StackOptions {
  const problem = reportFilesProblem(reportsIn(flags));
  if (problem !== undefined) throw new Error(problem);
  return {
    source: sourceOf(flags),
    stack: given(flags, "stack").stack ?? "",
    only: listOf(flags["only"]),
    exclude: listOf(flags["exclude"]),
    ...(flags["waitForLock"] === undefined
      ? {}
      : { waitForLockMs: durationOf(flags["waitForLock"], "--wait-for-lock") }),
    ...given(flags, "secretsProvider"),
    signal,
  };
}

export function reportsIn(flags: Flags): readonly string[] {
  return listOf(flags["report"]);
}

/** Where the declaration is, by --manifest and --project-dir. @throws Error where both are given, or neither and no manifest is here */
export function sourceOf(flags: Flags): Source {
  const { manifest, projectDir } = { ...given(flags, "manifest"), ...given(flags, "projectDir") };
  if (manifest !== undefined && projectDir !== undefined)
    throw usage("--manifest and --project-dir are both given", "Keep one of them.");
  return projectDir === undefined ? { manifest: manifest ?? findManifest(process.cwd()) } : { projectDir };
}
