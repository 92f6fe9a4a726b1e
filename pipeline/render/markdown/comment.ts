import { formatDuration } from "../../../provider/time/duration.js";
import type { Tone } from "../../run/words.js";
import { changing } from "../plan.js";
import { driftColumns, requestColumns, stackColumns } from "../tables.js";
import type { View } from "../view.js";
import { counted } from "../../run/messages.js";
import { timeText } from "../words.js";
import { failure, list, results, violationsMarkdown } from "./parts.js";
import { planMarkdown } from "./plan.js";
import { cappedTable } from "./table.js";
import { block, code, cut, folded, text } from "./text.js";

const icons: Readonly<Record<Exclude<Tone, "neutral">, string>> = {
  success: "✅",
  info: "🔄",
  refused: "⛔",
  danger: "❌",
  warning: "⏸️",
};

/** A comment on GitHub holds 65,536 characters (specified), on GitLab more. */
const mostCharacters = 62_000;
/** Plans with more rows are folded. */
const mostOpen = 25;
const mostErrors = 20;

/** Markdown for a comment on a pull request: what matters first, the rest folded, or left out if it doesn't fit. */
export function comment(view: View): string {
  const { command, place, conclusion, exitCode, summary, startedAt, durationMs } = view;
  const head = [
    `## ${icon(conclusion.tone)}${text(command)}${place === "" ? "" : ` ${code(place)}`}: ${conclusion.text}`,
    ...(summary.length > 0 ? [summary.map(text).join("<br>\n")] : []),
  ];
  const foot = `<sub>Exit code ${exitCode} · began ${timeText(startedAt)} · took ${formatDuration(durationMs)}</sub>`;
  const kept: string[] = [];
  const leftOut: string[] = [];
  let room = mostCharacters - [...head, foot].join("").length;
  for (const { title, body } of partsOf(view)) {
    const fits = body.length <= room;
    (fits ? kept : leftOut).push(fits ? body : title);
    if (fits) room -= body.length;
  }
  const more = `Left out for lack of space: ${leftOut.join(", ")}. The HTML and JSON reports are complete.`;
  return `${[...head, ...kept, ...(leftOut.length > 0 ? [more] : []), foot].join("\n\n")}\n`;
}

interface Part {
  /** Its name if it is left out. */
  readonly title: string;
  readonly body: string;
}

/** Most important first. */
function partsOf(view: View): Part[] {
  const { violations, differences, errors, outcomes, warnings, notes, drift, stacks, plans, requests } = view;
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const several = stacks.length > 1;
  const part = (title: string, wanted: boolean, body: () => string): Part[] =>
    wanted ? [{ title, body: body() }] : [];
  return [
    ...part(
      "policy violations",
      violations.length > 0,
      () => `### Refused by policy\n\n${violationsMarkdown(violations)}`,
    ),
    ...part("differences", differences.length > 0, () => `### Differs from the approved plan\n\n${list(differences)}`),
    ...part("failed connectors", failed.length > 0, () => some(failed.map(failure))),
    ...part("errors", errors.length > 0, () => some(errors.map((error) => block(cut(error.text))))),
    ...part("stacks", several, () => cappedTable(stackColumns, stacks)),
    ...part("plan", plans.length > 0, () => planPart(view)),
    ...part("drift", (drift ?? []).length > 0, () => cappedTable(driftColumns({ several }), drift ?? [])),
    ...part("warnings", warnings.length > 0, () => folded(counted(warnings.length, "warning"), list(warnings))),
    ...part("notes", notes.length > 0, () => folded(counted(notes.length, "note"), list(notes))),
    ...part("results", outcomes.length > 0, () => folded("Results", results(view))),
    ...part("requests", requests.length > 0, () => folded("Requests sent", cappedTable(requestColumns, requests))),
  ];
}

function planPart({ plans }: View): string {
  const body = planMarkdown(plans).trimEnd();
  const rows = plans.reduce((total, plan) => total + changing(plan).length, 0);
  return rows > mostOpen ? folded(`Plan for ${counted(rows, "connector")}`, body) : body;
}

function some(parts: readonly string[]): string {
  const more = parts.length - mostErrors;
  return [...parts.slice(0, mostErrors), ...(more > 0 ? [`and ${more} more.`] : [])].join("\n\n");
}

function icon(tone: Tone): string {
  return tone === "neutral" ? "" : `${icons[tone]} `;
}
