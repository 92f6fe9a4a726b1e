import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type * as Automation from "@pulumi/pulumi/automation/index.js";
import type { PulumiCommand, Workspace } from "@pulumi/pulumi/automation/index.js";
import { Semaphore } from "../../provider/api/limits.js";
import { printable } from "../run/printable.js";
import { shieldFromHangup, withoutHangup, withoutShell } from "./hangup.js";
import { noPulumi } from "./messages.js";
import type { State } from "./state.js";
import { untilWhole } from "./torn-read.js";

const execute = promisify(execFile);

/** Each takes a core for a sixth of a second, and a fleet's stacks may all want one in the same instant. */
const atOnce = new Semaphore(Math.max(2, availableParallelism()));

/** Runs the CLI for what the Automation API lacks; gives what it prints on stdout. */
export async function runCli(
  workspace: { readonly envVars: NodeJS.ProcessEnv } & Pick<Workspace, "pulumiCommand" | "workDir">,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await atOnce.run(() =>
    execute(...withoutHangup(workspace.pulumiCommand.command, [...args, "--non-interactive"]), {
      cwd: workspace.workDir,
      env: { ...process.env, ...workspace.envVars },
      maxBuffer: Infinity,
    }).catch((error: unknown) => Promise.reject(withoutShell(error) as Error)),
  );
  return stdout;
}

/** A stack's state as Pulumi keeps it, its secrets encrypted; `undefined` where there is no such stack. */
export async function stateOf(workspace: Workspace, stack: string): Promise<State | undefined> {
  try {
    return JSON.parse(await untilWhole(() => runCli(workspace, ["stack", "export", "--stack", stack]))) as State;
  } catch (error) {
    if (/no stack named/.test(printable(error))) return undefined;
    throw error;
  }
}

const found = new Map<string, Promise<PulumiCommand>>();

/**
 * The CLI of `PULUMI_DATASPACE_CLI`, else the one on PATH. It is asked for its version once, however many stacks it works on.
 *
 * @throws ConnectorError `STACK_UNUSABLE` where there is none that runs
 */
export function findCli({ PulumiCommand: command }: typeof Automation): Promise<PulumiCommand> {
  const given = process.env["PULUMI_DATASPACE_CLI"];
  const root = given ? resolve(given) : undefined;
  const place = root ?? `PATH ${process.env["PATH"] ?? ""}`;
  const known = found.get(place);
  if (known) return known;
  const asked = command.get(root ? { root } : {}).then(shieldFromHangup, (error: unknown) => {
    found.delete(place);
    throw noPulumi(printable(error));
  });
  found.set(place, asked);
  return asked;
}
