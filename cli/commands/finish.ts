import {
  cancelled,
  combinedExitCode,
  driftText,
  fleetReport,
  outcomeText,
  planText,
  violationsText,
  writeReports,
  type Report,
  type Style,
} from "../../pipeline/index.js";
import { table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import type { CommandResult } from "./command.js";
import { reportsIn } from "./stack-flags.js";
import type { Flags } from "./flags.js";

/** Writes the report files, and returns what is printed. */
export async function finish(
  reports: Report | readonly Report[],
  flags: Flags,
  terminal: Terminal,
): Promise<CommandResult> {
  const written = "command" in reports ? [reports] : reports;
  const lost = await writeReports(written, reportsIn(flags)).then(() => [], linesOf);
  // The run has been carried out: its result stands, with a file or without.
  const all = written.map((report, index) => withWarnings(report, index === 0 ? lost : []));
  const [first, ...others] = all;
  return {
    exitCode: combinedExitCode(all),
    document: others.length > 0 ? fleetReport(all) : first,
    text: [
      ...all.filter((report) => !report.cancelled).map((report) => textOf(report, terminal, others.length > 0)),
      ...(all.some((report) => report.cancelled) ? [cancelled] : []),
    ].join("\n\n"),
  };
}

function withWarnings(report: Report, more: readonly string[]): Report {
  return more.length === 0 ? report : { ...report, warnings: [...report.warnings, ...more] };
}

function linesOf({ message }: Error): string[] {
  return [message];
}

function textOf(report: Report, terminal: Terminal, named: boolean): string {
  const style: Style = (name, styled) => terminal.style(name, styled);
  const shown = [plannedText(report, style), report.drift ? driftText(report.drift, style, table) : ""].join("");
  const heading = named && shown === "" ? style("bold", `Stack ${report.stack ?? ""}:`) : "";
  return [heading, shown, outcomeText(report, style, table)].filter((text) => text !== "").join("\n\n");
}

/** The plan, if nothing was applied, and what the policy refuses. */
function plannedText({ plan, violations, connectors }: Report, style: Style): string {
  if (plan && connectors.length === 0) return planText([plan], { violations, table, style });
  return violations.length > 0 ? violationsText(violations, style) : "";
}
