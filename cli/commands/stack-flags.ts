import type { Command } from "commander";
import {
  findManifest,
  reportExtensions,
  reportFilesProblem,
  type FleetOptions,
  type Source,
  type StackOptions,
} from "../../pipeline/index.js";
import { collect, duration, given, required, valueFlag, wholeNumber, type Flags } from "./flags.js";

/** The flags of every command on a stack. */
export function addStackFlags(command: Command): Command {
  return addReportFlag(addSourceFlags(command.option("--stack <name>", "the stack")))
    .option("--only <glob>", "only connectors whose key matches (repeatable)", collect)
    .option("--exclude <glob>", "not those whose key matches (repeatable)", collect)
    .addOption(
      valueFlag("--wait-for-lock <time>", "how long to wait for a stack that another run has locked", duration),
    )
    .option("--secrets-provider <url>", "for a stack that this run creates");
}

export function addManifestFlag(command: Command): Command {
  return command.option("--manifest <file>", "the manifest; default: connectors.yaml, .yml or .json in this folder");
}

export function addSourceFlags(command: Command): Command {
  return addManifestFlag(command).option("--project-dir <folder>", "the folder of a Pulumi project");
}

export function addReportFlag(command: Command): Command {
  return command.option("--report <file>", `write a report: ${reportExtensions} (repeatable)`, collect);
}

/** @throws Error that says which flag is not valid */
export function stackOptions(flags: Flags, signal: AbortSignal): StackOptions {
  requireReportFiles(flags);
  const { waitForLock } = flags as { readonly waitForLock?: number };
  return {
    source: sourceOf(flags),
    stack: required(flags, "--stack <name>"),
    ...given<StackOptions>(flags, "only", "exclude", "secretsProvider"),
    ...(waitForLock === undefined ? {} : { waitForLockMs: waitForLock }),
    signal,
  };
}

/** Call it before anything is changed. @throws Error where a report can't be written */
export function requireReportFiles(flags: Flags): void {
  const problem = reportFilesProblem(reportsIn(flags));
  if (problem !== undefined) throw new Error(problem);
}

export function reportsIn(flags: Flags): readonly string[] {
  return (flags["report"] as readonly string[] | undefined) ?? [];
}

/** Where the declaration is. @throws Error where both flags are given, or neither and this folder has no manifest */
export function sourceOf(flags: Flags): Source {
  const { manifest, projectDir } = flags as { readonly manifest?: string; readonly projectDir?: string };
  if (manifest !== undefined && projectDir !== undefined)
    throw new Error("--manifest and --project-dir cannot be combined.\nNext: Give only one of them.");
  return projectDir === undefined ? { manifest: manifest ?? findManifest(process.cwd()) } : { projectDir };
}

/** The flags of commands that run over all stacks of a fleet. */
export function addFleetFlags(command: Command): Command {
  return command
    .option("--shard <i/n>", "only one of a fleet's stacks, e.g. 3/16")
    .addOption(
      valueFlag("--stacks-at-once <n>", "how many of a fleet's stacks run at the same time", wholeNumber(1), "1"),
    );
}

export function fleetOptions(flags: Flags): FleetOptions {
  return given<FleetOptions>(flags, "shard", "stacksAtOnce");
}
