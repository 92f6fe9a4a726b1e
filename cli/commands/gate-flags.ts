import type { Command } from "commander";
import type { GatedOptions } from "../../pipeline/index.js";
import { addPolicyFlags, policyFlagsOf } from "./policy-flags.js";
import { given, type Flags } from "./flags.js";

/** The flags of every command that is held to a policy. */
export function addGateFlags(command: Command): Command {
  return addPolicyFlags(command.option("--policy <file>", "the policy; default: the one that the manifest names"));
}

export function gatedOptions(flags: Flags): Pick<GatedOptions, "policy" | "policyFlags"> {
  return {
    ...given(flags, "policy"),
    policyFlags: policyFlagsOf(flags),
  };
}
