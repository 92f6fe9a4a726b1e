import type { Command } from "commander";
import type { FleetOptions } from "../../pipeline/index.js";
import { countOf, given, type Flags } from "./flags.js";

/** The flags of commands that run over all stacks of a fleet. */
export function addFleetFlags(command: Command): Command {
  return command
    .option("--shard <i/n>", "one of a fleet's stacks alone, e.g. 3/16")
    .option("--parallel <n>", "how many of a fleet's stacks at the same time", "1");
}

export function fleetOptions(flags: Flags): FleetOptions {
  return { ...given(flags, "shard"), shardsAtOnce: countOf(flags["parallel"], "--parallel") };
}
