import type { ConnectorOutcome, Drift, Report } from "../../run/report.js";

/** Gives a text a style; what the styles are is the terminal's business. */
export type Paint = (style: "good" | "bad" | "warn" | "dim" | "strong", text: string) => string;

/** Draws aligned columns. */
export type Tabulate = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

const marks = { done: "✓", failed: "✗", rolledBack: "↶", notStarted: "·" } as const;
const words = { done: "", failed: "failed", rolledBack: "rolled back", notStarted: "not started" } as const;

/** What became of each connector, for people: a table, then what must be said, then how it ended. */
export function outcomeText(
  { connectors, notes, warnings, errors, differences }: Report,
  paint: Paint,
  tabulate: Tabulate,
): string {
  const rows = connectors.map((each) => row(each, paint));
  return [
    ...(rows.length > 0 ? [tabulate(["", "connector", "status", "restarts", ""], rows)] : []),
    ...(differences.length > 0 ? [refusedByDifferences(differences, paint)] : []),
    ...errors.map((text) => paint("bad", text)),
    ...warnings.map((text) => paint("warn", `Warning: ${text}`)),
    ...notes,
  ].join("\n\n");
}

/** What differs between the service and state. */
export function driftText(drift: readonly Drift[], paint: Paint, tabulate: Tabulate): string {
  if (drift.length === 0) return paint("good", "No drift: the service is as state says.");
  const rows = drift.map(({ key, name, kind, text }) => [key ?? "", name, kind, text]);
  return `${tabulate(["key", "connector", "drift", ""], rows)}\n\n${drift.length} found. Next: pulumi-dataspace up heals what is managed; generate adopts what is not.`;
}

function row({ key, name, result, status, restarts }: ConnectorOutcome, paint: Paint): string[] {
  const style = result === "done" ? "good" : result === "notStarted" ? "dim" : "bad";
  const named = key === name ? key : `${key} (${name})`;
  return [paint(style, marks[result]), named, status ?? "", restarts ? String(restarts) : "", words[result]];
}

function refusedByDifferences(differences: readonly string[], paint: Paint): string {
  const list = differences.map((text) => `- ${text}`).join("\n");
  return `${paint("bad", "Nothing was changed: the world has moved since the plan was made.")}\n${list}\nNext: Preview again, and have that approved.`;
}
