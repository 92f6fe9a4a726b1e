import { type Command, Option } from "commander";
import { rules, type Flag, type PolicyFlags, type PolicyOptions } from "../../pipeline/index.js";
import { collect, given, limitFlag, percent, wholeNumber, type Flags } from "./flags.js";

/** The flags of every command that a policy applies to: its file, and one per rule that a flag can tighten. */
export function addPolicyFlags(command: Command): Command {
  command.option("--policy <file>", "the policy; default: the one that the manifest names");
  for (const { flag } of rules) if (flag) command.addOption(optionOf(flag));
  return command;
}

export function policyOptions(flags: Flags): PolicyOptions {
  return { ...given<PolicyOptions>(flags, "policy"), policyFlags: policyFlagsOf(flags) };
}

function policyFlagsOf(flags: Flags): PolicyFlags {
  const tightened: Record<string, unknown> = {};
  for (const { field, flag } of rules) {
    const value = flag && flags[optionOf(flag).attributeName()];
    // Without `--no-replace`, commander sets `replace: true`.
    if (value !== undefined && !(flag?.kind === "forbid" && value === true)) place(tightened, field.split("."), value);
  }
  return tightened;
}

function optionOf({ usage, help, kind }: Flag): Option {
  const option =
    kind === "count"
      ? limitFlag(usage, help, wholeNumber(0))
      : kind === "percent"
        ? limitFlag(usage, help, percent)
        : new Option(usage, help);
  return (kind === "globs" ? option.argParser(collect) : option).helpGroup("Policy, tighter than the file's:");
}

function place(into: Record<string, unknown>, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = (into[first] ?? {}) as Record<string, unknown>;
  into[first] = inner;
  place(inner, rest, value);
}
