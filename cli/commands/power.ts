import type { Command } from "commander";
import * as pipeline from "../../pipeline/index.js";
import {
  violationsText,
  type AwaitedOptions,
  type Plan,
  type Report,
  type RestartOptions,
  type Run,
} from "../../pipeline/index.js";
import { confirm } from "./confirm.js";
import { table } from "../terminal/table.js";
import type { CommandModule } from "./command.js";
import { finish } from "./finish.js";
import { addWaveFlags, duration, given, valueFlag, type Flags } from "./flags.js";
import { addPolicyFlags, policyOptions } from "./policy-flags.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";
import { addReportFlag, addSourceFlags, requireReportFiles, stackOptions } from "./stack-flags.js";

/** A command that starts or stops connectors. */
interface Power {
  readonly operands: string;
  readonly example: string;
  readonly run: (connectors: string, options: AwaitedOptions & RestartOptions) => Run<Report>;
  /** Asks about one connector by its name, or about `3 connectors`. */
  readonly question: (connectors: string) => string;
  /** What happens to one connector, e.g. `restarts`. */
  readonly effect: string;
  /** Printed below the plan. */
  readonly warning?: (flags: Flags) => string;
  /** Its own flags. */
  readonly define: (command: Command) => Command;
}

function power({ run, define, ...row }: Power): CommandModule {
  const planText = ({ connectors }: Plan, flags: Flags) =>
    [
      table(
        ["connector", "what happens", "status"],
        connectors.map((connector) => [
          connector.name,
          connector.effects.includes("recover") ? "stopped and started" : row.effect,
          `${connector.status ?? "absent"} → ${connector.becomes}`,
        ]),
      ),
      ...(row.warning ? [row.warning(flags)] : []),
    ].join("\n");
  return {
    operands: row.operands,
    example: row.example,
    define(command) {
      addServiceFlags(define(command))
        .addOption(valueFlag("--timeout <time>", "how long each connector may take", duration, "10m"))
        .option("--yes", "do not ask")
        .option("--stack <name>", "warn of what the next up of this stack undoes; its policy and endpoint apply");
      return addPolicyFlags(addReportFlag(addSourceFlags(command)));
    },
    async run(invocation) {
      const { operands, flags, terminal, signal, follow } = invocation;
      requireReportFiles(flags);
      const service = serviceOptions(invocation);
      const stack =
        flags["stack"] === undefined ? {} : await pipeline.ofStack(stackOptions(flags, signal), service.account);
      const report = await follow(
        run(operands[0] ?? "", {
          ...service,
          ...stack,
          ...policyOptions(flags),
          ...given<AwaitedOptions & RestartOptions>(flags, "wait", "failed", "wave", "maxUnhealthy"),
          timeoutMs: flags["timeout"] as number,
          confirm: (plan) => confirm(invocation, planText(plan, flags), row.question(named(plan))),
        }),
      );
      const result = await finish(report, flags, terminal);
      if (report.violations.length === 0 || !report.plan) return result;
      const refused = violationsText(report.violations, (style, text) => terminal.style(style, text));
      return { ...result, text: `${planText(report.plan, flags)}\n\n${refused}` };
    },
  };
}

function named({ connectors }: Plan): string {
  const [first] = connectors;
  return connectors.length === 1 && first ? first.name : `${connectors.length} connectors`;
}

function noWait(status: string): Power["define"] {
  return (command) => command.option("--no-wait", `send the request, and do not wait for ${status}`);
}

export const start = power({
  operands: "<name-or-glob>",
  example: "pulumi-dataspace start acme",
  run: pipeline.start,
  question: (connectors) => `Start ${connectors}?`,
  effect: "started",
  define: noWait("RUNNING"),
});

export const stop = power({
  operands: "<name-or-glob>",
  example: "pulumi-dataspace stop acme",
  run: pipeline.stop,
  question: (connectors) => `Stop ${connectors}?`,
  effect: "stopped",
  define: noWait("STOPPED"),
});

export const restart = power({
  operands: "<name-or-glob>",
  example: 'pulumi-dataspace restart "acme-*" --failed',
  run: pipeline.restart,
  question: (connectors) => `Restart ${connectors}?`,
  effect: "restarts",
  warning: ({ wave, maxUnhealthy }) =>
    `${wave as number} at a time; no new wave starts after ${maxUnhealthy as number} failure${maxUnhealthy === 1 ? "" : "s"}.`,
  define: (command) => addWaveFlags(command.option("--failed", "only those that have FAILED")),
});

export const fail = power({
  operands: "<name>",
  example: "pulumi-dataspace fail acme",
  run: pipeline.fail,
  question: (connector) => `Force ${connector} into FAILED?`,
  effect: "forced into FAILED",
  warning: () =>
    "Use this only on a stuck connector: it aborts what the connector is doing, and partners cannot reach it until it is started again.",
  define: noWait("FAILED"),
});
