import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type * as Automation from "@pulumi/pulumi/automation/index.js";
import type { PulumiCommand, Workspace } from "@pulumi/pulumi/automation/index.js";
import { Limiter } from "../../provider/api/limits.js";
import { messageOf } from "./message-of.js";
import { noPulumi } from "./messages/stack.js";
import type { State } from "./state.js";

const execute = promisify(execFile);

/** Each takes a core for a sixth of a second, and a fleet's stacks may all want one in the same instant. */
const atOnce = new Limiter(Math.max(2, availableParallelism()));

/** Runs the CLI for what the Automation API lacks; gives what it prints on stdout. */
export async function runCli(workspace: Workspace, args: readonly string[]): Promise<string> {
  const { stdout } = await atOnce.run(() =>
    execute(workspace.pulumiCommand.command, [...args, "--non-interactive"], {
      cwd: workspace.workDir,
      env: { ...process.env, ...workspace.envVars },
      maxBuffer: Infinity,
    }),
  );
  return stdout;
}

/**
 * Whether a state couldn't be read because it was being written in that instant: Pulumi's file backend replaces a file at once,
 * but not what it notes beside it (observed). Nothing was done, and the next try reads it.
 */
export function isTornRead(output: string): boolean {
  return /failed to load checkpoint: (unexpected )?EOF/.test(output);
}

/** As often, and as long between two tries, as a busy run of the engine may take to be out of the way. */
export const tornReads = { most: 10, pauseMs: 200 };

/** A stack's state as Pulumi keeps it, its secrets encrypted; `undefined` where there is no such stack. */
export async function stateOf(workspace: Workspace, stack: string): Promise<State | undefined> {
  for (let torn = 0; ; torn++) {
    try {
      return JSON.parse(await runCli(workspace, ["stack", "export", "--stack", stack])) as State;
    } catch (error) {
      if (/no stack named/.test(messageOf(error))) return undefined;
      if (!isTornRead(messageOf(error)) || torn === tornReads.most) throw error;
      await sleep(tornReads.pauseMs);
    }
  }
}

const found = new Map<string, Promise<PulumiCommand>>();

/**
 * The CLI of `PULUMI_DATASPACE_CLI`, else the one on PATH. It is asked for its version once, however many stacks it works on.
 *
 * @throws ConnectorError `STACK_UNUSABLE` where there is none that runs
 */
export function findCli({ PulumiCommand: command }: typeof Automation): Promise<PulumiCommand> {
  const root = process.env["PULUMI_DATASPACE_CLI"];
  const place = root ?? `PATH ${process.env["PATH"] ?? ""}`;
  const known = found.get(place);
  if (known) return known;
  const asked = command.get(root ? { root } : {}).catch((error: unknown) => {
    found.delete(place);
    throw noPulumi(messageOf(error));
  });
  found.set(place, asked);
  return asked;
}
