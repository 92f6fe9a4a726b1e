import type { Command } from "commander";
import {
  ofStack,
  violationsText,
  type Plan,
  type PlannedConnector,
  type PowerOptions,
  type Report,
  type Run,
} from "../../pipeline/index.js";
import { confirm } from "../terminal/confirm.js";
import { table } from "../terminal/table.js";
import type { CommandResult, Invocation } from "./command.js";
import { finish } from "./finish.js";
import { collect, durationOf } from "./flags.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";
import { stackOptions } from "./stack-flags.js";

/** What a command that changes the power of connectors says before it does. */
export interface Words {
  /** Asks about one connector by its name, or about `3 connectors`. */
  readonly question: (connectors: string) => string;
  /** What happens to one connector, e.g. `restarts`. */
  readonly happening: (connector: PlannedConnector) => string;
  /** What else one should know. */
  readonly warning?: string;
}

export function addPowerFlags(command: Command): Command {
  return addGateFlags(
    addServiceFlags(command)
      .option("--timeout <time>", "how long each connector may take", "10m")
      .option("--yes", "don't ask")
      .option("--stack <name>", "say what the next up of this stack will undo; its policy and endpoint hold")
      .option("--manifest <file>", "the stack's manifest; default: connectors.yaml, .yml or .json where it is there")
      .option("--project-dir <folder>", "the folder of the stack's Pulumi project")
      .option("--report <file>", "write a report: .md, .html or .json (repeatable)", collect),
  );
}

/** Runs a change of power: shows what will happen, asks, follows it, and says what became of each connector. */
export async function runPower(
  { flags, terminal, signal, follow }: Invocation,
  words: Words,
  begin: (options: PowerOptions) => Run<Report>,
): Promise<CommandResult> {
  const service = serviceOptions({ flags, signal });
  const stack = flags["stack"] === undefined ? {} : await ofStack(stackOptions(flags, signal), service.account);
  const report = await follow(
    begin({
      ...service,
      ...stack,
      ...gatedOptions(flags),
      timeoutMs: durationOf(flags["timeout"], "--timeout"),
      async confirm(plan) {
        const question = words.question(named(plan));
        await confirm(terminal, { plan: planText(plan, words), question, yes: flags["yes"] === true, signal });
        return true;
      },
    }),
  );
  const result = await finish(report, flags, terminal);
  if (report.violations.length === 0 || !report.plan) return result;
  const refused = violationsText(report.violations, (style, text) => terminal.style(style, text));
  return { ...result, text: `${planText(report.plan, words)}\n\n${refused}` };
}

function planText({ connectors }: Plan, { happening, warning }: Words): string {
  const rows = connectors.map((connector) => [
    connector.name,
    happening(connector),
    `${connector.status ?? "absent"} → ${connector.becomes}`,
  ]);
  const text = table(["connector", "what happens", "status"], rows);
  return warning === undefined ? text : `${text}\n${warning}`;
}

function named({ connectors }: Plan): string {
  const [first] = connectors;
  return connectors.length === 1 && first ? first.name : `${connectors.length} connectors`;
}
