import type { Command } from "commander";
import type { ServiceOptions } from "../../pipeline/index.js";
import type { Invocation } from "./command.js";
import { given } from "./flags.js";

/** The flags of every command that calls the service directly. */
export function addServiceFlags(command: Command): Command {
  return command.option("--account <name>", "the account whose DATASPACE_<NAME>_* variables are read");
}

export function serviceOptions({ flags, signal }: Pick<Invocation, "flags" | "signal">): ServiceOptions {
  return { ...given<ServiceOptions>(flags, "account"), signal };
}
