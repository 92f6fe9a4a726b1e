import type { Command } from "commander";
import * as pipeline from "../../pipeline/index.js";
import { planText, printable, type GatedOptions, type Plan, type Report, type Run } from "../../pipeline/index.js";
import { confirm } from "./confirm.js";
import { table } from "../terminal/table.js";
import type { CommandModule, Invocation } from "./command.js";
import { finish } from "./finish.js";
import { unwritable, writableProblem } from "./writable.js";
import { addWaveFlags, collect, given, type Flags } from "./flags.js";
import { addPolicyFlags, policyOptions } from "./policy-flags.js";
import { addFleetFlags, addStackFlags, fleetOptions, stackOptions } from "./stack-flags.js";

type Options = GatedOptions & { readonly confirm?: (plans: readonly Plan[]) => Promise<boolean> };

/** A command that runs on every stack of a fleet. */
interface OnStacks<O extends Options> {
  readonly example: string;
  readonly run: (options: O) => Run<Report>;
  /** Asked before it changes anything. Default: none, for commands that change nothing. */
  readonly question?: string;
  /** Whether a policy applies to it. Default: true. */
  readonly gated?: boolean;
  /** Its own flags. */
  define?(command: Command): Command;
  options?(flags: Flags): Partial<O>;
  /** What it does with the reports besides showing them. */
  after?(reports: readonly Report[], invocation: Invocation): Promise<void>;
}

function onStacks<O extends Options>({ example, gated = true, question, ...row }: OnStacks<O>): CommandModule {
  return {
    example,
    define(command) {
      addFleetFlags(addStackFlags(command));
      row.define?.(command);
      if (question !== undefined) command.option("--yes", "do not ask");
      return gated ? addPolicyFlags(command) : command;
    },
    async run(invocation) {
      const { flags, signal, terminal, follow } = invocation;
      const options = {
        ...stackOptions(flags, signal),
        ...(gated ? policyOptions(flags) : {}),
        ...row.options?.(flags),
        ...(question === undefined
          ? {}
          : { confirm: (plans: readonly Plan[]) => confirm(invocation, planText(plans, { table }), question) }),
      };
      const reports = await follow(pipeline.overFleet(row.run, options as O, fleetOptions(flags)));
      await row.after?.(reports, invocation);
      return finish(reports, flags, terminal);
    },
  };
}

export const preview = onStacks<pipeline.PreviewOptions>({
  example: "pulumi-dataspace preview --stack prod --report preview.md --approve-out plan.json",
  run: pipeline.preview,
  define: (command) =>
    command
      .option("--approve-out <file>", "write the plan to a file, for up --approved")
      .option("--no-credentials", "do not read credentials: for pull requests that must not see them")
      .option("--detailed-exitcode", "exit with 2 when there are changes"),
  options(flags) {
    const { approveOut } = flags as { readonly approveOut?: string };
    const problem = approveOut === undefined ? undefined : writableProblem("--approve-out", approveOut);
    if (problem !== undefined) throw new Error(problem);
    return { noCredentials: flags["credentials"] === false, detailedExitCode: flags["detailedExitcode"] === true };
  },
  async after(reports, { flags, terminal }) {
    const { approveOut } = flags as { readonly approveOut?: string };
    if (approveOut === undefined) return;
    try {
      if (!(await pipeline.approve(reports, approveOut)))
        terminal.complain(`${approveOut} was not written: a plan that is refused or fails cannot be approved.`);
    } catch (error) {
      terminal.complain(`warning: ${unwritable("--approve-out", approveOut, printable(error))}`);
    }
  },
});

export const up = onStacks<pipeline.UpOptions>({
  example: "pulumi-dataspace up --manifest connectors.yaml --stack prod --approved plan.json --yes",
  run: pipeline.up,
  question: "Apply this?",
  define: (command) =>
    command
      .option("--approved <file>", "refuse if something has changed since preview --approve-out wrote this file")
      .option("--compress-state", "compress the stack's state from now on"),
  options: (flags) => given(flags, "approved", "compressState"),
});

export const drift = onStacks<pipeline.DriftOptions>({
  example: 'pulumi-dataspace drift --stack prod --ignore "test-*" --report drift.md',
  run: pipeline.drift,
  gated: false,
  define: (command) =>
    command
      .option("--also-managed <stack>", "another stack whose connectors count as managed (repeatable)", collect)
      .option("--ignore <glob>", "names at the service to leave out (repeatable)", collect),
  options: (flags) => given(flags, "alsoManaged", "ignore"),
});

export const rotate = onStacks<pipeline.RotateOptions>({
  example: "pulumi-dataspace rotate --stack prod --wave 5 --yes",
  run: pipeline.rotate,
  question: "Rotate these?",
  define: (command) => addWaveFlags(command).option("--no-rollback", "allow credentials that have no previous value"),
  options: (flags) => given(flags, "wave", "maxUnhealthy", "rollback"),
});

export const destroy = onStacks<pipeline.DestroyOptions>({
  example: "pulumi-dataspace destroy --stack test --yes",
  run: pipeline.destroy,
  question: "Take these down?",
});
