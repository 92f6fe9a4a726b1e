import { messageOf, type ConnectorOutcome, type Report } from "../../sdk/pipeline/index.js";

const marks = { done: "✓", failed: "✗", rolledBack: "↩", untouched: "·" } as const;

/** What became of each connector, a line each, and what else there is to say. */
export function outcomesText({ connectors, notes, violations, errors }: Report): string {
  const width = Math.max(0, ...connectors.map(({ name }) => name.length));
  return [
    ...connectors.map((outcome) =>
      `${marks[outcome.result]} ${outcome.name.padEnd(width)}  ${endOf(outcome)}`.trimEnd(),
    ),
    ...(violations.length === 0 ? [] : ["Refused by policy; nothing was changed:"]),
    ...violations.map(({ text }) => `✗ ${text.replaceAll("\n", "\n  ")}`),
    ...notes,
    ...errors,
  ].join("\n");
}

function endOf({ result, status = "asked, and not waited for" }: ConnectorOutcome): string {
  return result === "untouched" ? `${messageOf(status)}, untouched` : messageOf(status);
}
