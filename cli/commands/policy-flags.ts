import { type Command, InvalidArgumentError, Option } from "commander";
import { collect } from "./flags.js";
import { rules, type Flag, type PolicyFlags } from "../../pipeline/index.js";

/** Adds the flags that make a policy tighter, one per rule that has one. */
export function addPolicyFlags(command: Command): Command {
  for (const { flag } of rules) if (flag) command.addOption(optionOf(flag));
  return command;
}

/** What the flags of {@link addPolicyFlags} say, as the pipeline takes it. */
export function policyFlagsOf(flags: Readonly<Record<string, unknown>>): PolicyFlags {
  const given: Record<string, unknown> = {};
  for (const { field, flag } of rules) {
    const value = flag && valueOf(flag, flags[optionOf(flag).attributeName()]);
    if (value !== undefined) place(given, field.split("."), value);
  }
  return given;
}

function optionOf({ usage, help, kind }: Flag): Option {
  const option = new Option(usage, help).helpGroup("Policy, tighter than the file's:");
  if (kind === "count") return option.argParser(countOf);
  if (kind === "percent") return option.argParser(percentOf);
  if (kind === "globs") return option.argParser(collect);
  return option;
}

/** Commander has `replace: true` where `--no-replace` wasn't given. */
function valueOf({ kind }: Flag, value: unknown): unknown {
  return kind === "forbid" && value === true ? undefined : value;
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

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return Number(text);
}

function percentOf(text: string): number {
  if (!/^\d{1,3}(\.\d+)?$/.test(text) || Number(text) > 100) {
    throw new InvalidArgumentError("It must be a number from 0 to 100.");
  }
  return Number(text);
}
