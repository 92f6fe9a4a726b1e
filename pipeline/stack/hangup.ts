import { delimiter, dirname, isAbsolute } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

/** A signal that is ignored stays so in the program that takes the shell's place, and in its process (POSIX). */
const ignoring = 'trap "" HUP; exec "$0" "$@"';

/**
 * A closed terminal sends SIGHUP to all that runs in it. Pulumi's CLI would die of it, with the stack locked and operations
 * pending (observed), so it doesn't get to know: this process does, and tells it to end as after Ctrl-C. A shell is there wherever
 * Pulumi's dynamic providers run, because a script starts them. Windows has no such signal.
 */
export function withoutHangup(command: string, args: readonly string[]): [command: string, args: string[]] {
  return process.platform === "win32" ? [command, [...args]] : ["sh", ["-c", ignoring, command, ...args]];
}

/** What failed, without the shell around it. */
export function withoutShell(error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replace(`sh -c ${ignoring} `, "");
  return error;
}

/** The SDK's way to run the CLI (`run` is internal to the SDK; observed). */
interface Runner {
  readonly run: (
    this: { readonly command: string },
    args: string[],
    cwd: string,
    env: NodeJS.ProcessEnv,
    ...rest: unknown[]
  ) => unknown;
}

/** Has the Automation API start the CLI {@link withoutHangup}. */
export function shieldFromHangup(cli: PulumiCommand): PulumiCommand {
  const { run } = cli as unknown as Runner;
  const shielded: Runner["run"] = (args, cwd, env, ...rest) => {
    const [command, all] = withoutHangup(cli.command, args);
    // The plugins beside the CLI come first, as they do when the SDK starts it itself.
    const path = env["PATH"] ?? process.env["PATH"] ?? "";
    const beside = isAbsolute(cli.command) ? { PATH: `${dirname(cli.command)}${delimiter}${path}` } : {};
    return run.call({ command }, all, cwd, { ...env, ...beside }, ...rest);
  };
  return Object.assign(cli, { run: shielded });
}
