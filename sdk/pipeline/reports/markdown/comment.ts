import { formatDuration } from "../../../../provider/time/duration.js";
import type { View } from "../view.js";
import { counted, isLook, restartsOf, resultWords, timelineText, timeText, type Tone } from "../words.js";
import { planTable } from "./plan-table.js";
import { block, code, folded, table, text } from "./text.js";

const icons: Readonly<Record<Tone, string>> = {
  good: "✅",
  changes: "🔄",
  refused: "⛔",
  bad: "❌",
  interrupted: "⏸️",
};

/** GitHub takes 65,536 characters in a comment. */
const mostCharacters = 60_000;
/** More rows than these are for the page. */
const mostRows = 100;
const mostCharactersOfAnError = 2_000;

/** Markdown for a pull request's comment: short, what matters first, the rest folded away. */
export function comment(view: View): string {
  const { command, place, tone, ending, exitCode, summary, startedAt, durationMs } = view;
  const head = [
    `### ${icons[tone]} ${text(command)}${place === "" ? "" : ` ${code(place)}`}: ${ending}`,
    ...(summary.length > 0 ? [summary.map(text).join("<br>\n")] : []),
  ];
  const foot = `<sub>Exit code ${exitCode} · began ${timeText(startedAt)} · took ${formatDuration(durationMs)}</sub>`;
  const parts: string[] = [];
  let left = mostCharacters - [...head, foot].join("").length;
  const omitted: string[] = [];
  for (const { title, body } of partsOf(view)) {
    if (body.length + 2 <= left) parts.push(body);
    else omitted.push(title);
    left -= body.length + 2 <= left ? body.length + 2 : 0;
  }
  const more =
    omitted.length > 0
      ? [`Left out, because a comment has a limit: ${omitted.join(", ")}. The HTML and JSON reports have it all.`]
      : [];
  return `${[...head, ...parts, ...more, foot].join("\n\n")}\n`;
}

interface Part {
  /** What it is called where there is no room for it. */
  readonly title: string;
  readonly body: string;
}

function partsOf(view: View): Part[] {
  const { violations, differences, errors, outcomes, warnings, notes, drift, stacks, planned, others } = view;
  const unwell = outcomes.filter(({ error }) => error !== undefined);
  const rows: readonly (readonly [title: string, wanted: boolean, body: () => string])[] = [
    ["violations", violations.length > 0, () => violationTable(view)],
    ["differences", differences.length > 0, () => `**Differs from what was approved**\n\n${list(differences)}`],
    ["stacks", stacks.length > 1, () => stackTable(view)],
    ["plan", planned.length > 0 || others.length > 0, () => planTable(view, mostRows)],
    ["drift", (drift?.length ?? 0) > 0, () => driftTable(view)],
    ["connectors that failed", unwell.length > 0, () => unwell.slice(0, 20).map(failure).join("\n\n")],
    [
      "errors",
      errors.length > 0,
      () =>
        errors
          .slice(0, 20)
          .map((error) => block(cut(error.text)))
          .join("\n\n"),
    ],
    ["warnings", warnings.length > 0, () => folded(counted(warnings.length, "warning"), list(warnings))],
    ["notes", notes.length > 0, () => folded(counted(notes.length, "note"), list(notes))],
    ["outcomes", outcomes.length > 0, () => folded("What happened", outcomeTable(view))],
    ["requests", view.requests.length > 0, () => folded("Requests sent", requestTable(view))],
  ];
  return rows.filter(([, wanted]) => wanted).map(([title, , body]) => ({ title, body: body() }));
}

function violationTable({ violations }: View): string {
  return capped(
    ["Rule", "What it says", "Connectors"],
    violations.map(({ rule, text: sentence, connectors }) => [code(rule), text(sentence), names(connectors)]),
  );
}

function stackTable({ stacks }: View): string {
  return capped(
    ["Stack", "Exit code", "Planned", "Done", "Not well"],
    stacks.map(({ stack = "", exitCode, plan, connectors }) => [
      code(stack),
      String(exitCode),
      String(plan?.connectors.length ?? ""),
      String(connectors.filter(({ result }) => result === "done").length),
      String(connectors.filter(({ result }) => result === "failed" || result === "rolledBack").length),
    ]),
  );
}

function driftTable({ drift = [] }: View): string {
  return capped(
    ["Connector", "Kind", "What differs"],
    drift.map(({ key, name, kind, text: clause }) => [code(key ?? name), kind, text(clause)]),
  );
}

function failure({ key, result, error = "" }: View["outcomes"][number]): string {
  return `${code(key)} ${resultWords[result]}:\n\n${block(cut(error))}`;
}

function outcomeTable({ outcomes, startedAt }: View): string {
  const touched = outcomes.filter(({ result }) => result !== "untouched");
  const untouched = outcomes.filter(({ result }) => result === "untouched").map(({ key }) => key);
  const rows = touched.map((outcome) => [
    code(outcome.key),
    resultWords[outcome.result],
    text(outcome.status ?? ""),
    String(restartsOf(outcome)),
    text(timelineText(outcome.timeline ?? [], startedAt)),
  ]);
  return [
    ...(rows.length > 0
      ? [capped(["Connector", "Result", "Ended as", "Restarts", "Statuses, since the run began"], rows)]
      : []),
    ...(untouched.length > 0 ? [`Untouched: ${names(untouched)}`] : []),
  ].join("\n\n");
}

function requestTable({ requests }: View): string {
  return table(
    ["Request", "Effect", "Count"],
    requests.map(([call, count]) => [text(call), isLook(call) ? "looks" : "changes", String(count)]),
  );
}

function capped(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const more = rows.length - mostRows;
  return table(head, rows.slice(0, mostRows)) + (more > 0 ? `\n\nand ${more} more.` : "");
}

function names(keys: readonly string[]): string {
  const more = keys.length - mostRows;
  return keys.slice(0, mostRows).map(code).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function list(texts: readonly { readonly text: string }[]): string {
  const more = texts.length - mostRows;
  const lines = texts.slice(0, mostRows).map((each) => `- ${text(cut(each.text))}`);
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function cut(long: string): string {
  return long.length <= mostCharactersOfAnError ? long : `${long.slice(0, mostCharactersOfAnError - 1)}…`;
}
