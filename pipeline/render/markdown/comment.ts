import { formatDuration } from "../../../provider/time/duration.js";
import { planMarkdown, violationsMarkdown } from "./plan.js";
import { changing } from "../plan-words.js";
import type { View } from "../view.js";
import { counted, timeText, type Tone } from "../words.js";
import { driftTable, failure, list, outcomeTable, requestTable, stackTable } from "./parts.js";
import { block, code, cut, folded, text } from "./text.js";

const icons: Readonly<Record<Tone, string>> = {
  good: "✅",
  changes: "🔄",
  refused: "⛔",
  bad: "❌",
  interrupted: "⏸️",
};

/** GitHub takes 65,536 characters in a comment (specified), GitLab more. */
const mostCharacters = 62_000;
/** More rows than these are folded away. */
const mostOpen = 25;
const mostErrors = 20;

/** Markdown for a pull request's comment: what matters first, the rest folded away or, where there is no room, left out. */
export function comment(view: View): string {
  const { command, place, tone, ending, exitCode, summary, startedAt, durationMs } = view;
  const head = [
    `## ${icons[tone]} ${text(command)}${place === "" ? "" : ` ${code(place)}`}: ${ending}`,
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
  const more = `No room here for ${leftOut.join(", ")}; the HTML and JSON reports have it all.`;
  return `${[...head, ...kept, ...(leftOut.length > 0 ? [more] : []), foot].join("\n\n")}\n`;
}

interface Part {
  /** What it is called where there is no room for it. */
  readonly title: string;
  readonly body: string;
}

/** In the order of their weight. */
function partsOf(view: View): Part[] {
  const { violations, differences, errors, outcomes, warnings, notes, drift, stacks, plans, requests } = view;
  const unwell = outcomes.filter(({ error }) => error !== undefined);
  const part = (title: string, wanted: boolean, body: () => string): Part[] =>
    wanted ? [{ title, body: body() }] : [];
  return [
    ...part(
      "the policy's rules",
      violations.length > 0,
      () => `### Refused by policy\n\n${violationsMarkdown(violations)}`,
    ),
    ...part(
      "the differences",
      differences.length > 0,
      () => `### Differs from what was approved\n\n${list(differences)}`,
    ),
    ...part("connectors that failed", unwell.length > 0, () => some(unwell.map(failure))),
    ...part("errors", errors.length > 0, () => some(errors.map((error) => block(cut(error.text))))),
    ...part("the stacks", stacks.length > 1, () => stackTable(view)),
    ...part("the plan", plans.length > 0, () => planPart(view)),
    ...part("drift", drift !== undefined && drift.length > 0, () => driftTable(view)),
    ...part("warnings", warnings.length > 0, () => folded(counted(warnings.length, "warning"), list(warnings))),
    ...part("notes", notes.length > 0, () => folded(counted(notes.length, "note"), list(notes))),
    ...part("what happened", outcomes.length > 0, () => folded("What happened", outcomeTable(view))),
    ...part("requests", requests.length > 0, () => folded("Requests sent", requestTable(view))),
  ];
}

function planPart({ plans }: View): string {
  const body = planMarkdown(plans).trimEnd();
  const rows = plans.reduce((total, plan) => total + changing(plan).length, 0);
  return rows > mostOpen ? folded(`What was planned for ${counted(rows, "connector")}`, body) : body;
}

function some(parts: readonly string[]): string {
  const more = parts.length - mostErrors;
  return [...parts.slice(0, mostErrors), ...(more > 0 ? [`and ${more} more.`] : [])].join("\n\n");
}
