import type { ConnectorOutcome, Drift, Report } from "../../run/report.js";
import { resultWords } from "../../run/words.js";
import { driftColumns, type Columns } from "../tables.js";
import { pen, type Style, type Table } from "./pen.js";

/** The result for each connector as text for a terminal: a table, then differences, errors, warnings and notes. */
export function outcomeText(
  { connectors, notes, warnings, errors, differences }: Report,
  style: Style,
  table: Table,
): string {
  return [
    ...(connectors.length > 0 ? [pen(style, table).tableOf(columns, connectors)] : []),
    ...(differences.length > 0 ? [refusedByDifferences(differences, style)] : []),
    ...errors.map((text) => style("red", text)),
    ...warnings.map((text) => style("yellow", `Warning: ${text}`)),
    ...notes,
  ].join("\n\n");
}

/** Drift as text for a terminal. */
export function driftText(drift: readonly Drift[], style: Style, table: Table): string {
  if (drift.length === 0) return style("green", "No drift: the service matches state.");
  const rows = pen(style, table).tableOf(driftColumns({ several: false }), drift);
  return `${rows}\n\n${drift.length} found. Next: Run pulumi-dataspace up to repair managed connectors, or generate, with the same --stack, to adopt those that no other stack manages.`;
}

const columns: Columns<ConnectorOutcome> = [
  { head: "", cell: ({ result }) => ({ words: [{ ...resultWords[result], text: resultWords[result].mark }] }) },
  { head: "connector", cell: ({ key, name }) => ({ key, name }) },
  { head: "status", cell: ({ status }) => status },
  { head: "restarts", cell: ({ restarts }) => restarts || undefined },
  { head: "", cell: ({ result }) => (result === "done" ? undefined : resultWords[result].text) },
];

function refusedByDifferences(differences: readonly string[], style: Style): string {
  const list = differences.map((text) => `- ${text}`).join("\n");
  const headline = style("red", "Nothing was changed: something has changed since the plan was made.");
  return `${headline}\n${list}\nNext: Preview again, and have the new plan approved.`;
}
