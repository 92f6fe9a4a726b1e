import { type Command, InvalidArgumentError } from "commander";
import type { Invocation } from "./command.js";

/** Flags of every command that asks the service itself. */
export function serviceFlags(command: Command): Command {
  return command.option("--account <name>", "the account whose DATASPACE_<NAME>_* variables are read");
}

export function serviceOptions({ flags, signal }: Invocation) {
  return { account: textOf(flags["account"]), signal };
}

export function textOf(flag: unknown): string | undefined {
  return typeof flag === "string" ? flag : undefined;
}

/** Reads a flag that counts something. */
export function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1 up.");
  return Number(text);
}
