import type { Command } from "commander";
import type { Plan, PlannedConnector, PowerOptions, Report, Run } from "../../sdk/pipeline/index.js";
import { confirm } from "../terminal/confirm.js";
import { outcomesText } from "../terminal/outcomes.js";
import { table } from "../terminal/table.js";
import type { CommandResult, Invocation } from "./command.js";
import { serviceFlags, serviceOptions, textOf } from "./service-flags.js";

/** What the commands that change a connector's power say before they do. */
export interface Words {
  /** E.g. `Restart`. */
  readonly verb: string;
  /** What happens to one connector, e.g. `is restarted`. */
  readonly happening: (connector: PlannedConnector) => string;
  /** What else one should know. */
  readonly warning?: string;
}

export function powerFlags(command: Command): Command {
  return serviceFlags(
    command.option("--timeout <duration>", "how long each connector may take", "10m").option("--yes", "don't ask"),
  );
}

/** Runs a change of power: shows what will happen, asks, follows it, and says what became of each connector. */
export async function runPower(
  invocation: Invocation,
  words: Words,
  begin: (options: PowerOptions) => Run<Report>,
): Promise<CommandResult> {
  const { flags, terminal, signal } = invocation;
  const report = await invocation.follow(
    begin({
      ...serviceOptions(invocation),
      timeout: textOf(flags["timeout"]),
      confirm: (plan) =>
        confirm(terminal, {
          plan: planText(plan, words),
          question: `${words.verb} ${named(plan)}?`,
          yes: flags["yes"] === true,
          signal,
        }),
    }),
  );
  return { exitCode: report.exitCode, document: report, text: outcomesText(report) };
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
