import type { Violation } from "../../run/report.js";
import { resultWords } from "../../run/words.js";
import { outcomeColumns, timelineColumn } from "../tables.js";
import type { View } from "../view.js";
import { cappedTable, mostRows } from "./table.js";
import { block, code, cut, text } from "./text.js";

/** The violations of a policy, one item each. */
export function violationsMarkdown(violations: readonly Violation[]): string {
  return violations.map(({ text: lines }) => `- ${lines.split("\n").map(text).join("<br>")}`).join("\n");
}

export function failure({ key, result, error = "" }: View["outcomes"][number]): string {
  return `${code(key)} ${resultWords[result].text}:\n\n${block(cut(error))}`;
}

export function results({ outcomes: all, stacks, startedAt }: View): string {
  const finished = all.filter(({ result }) => result !== "notStarted");
  const notStarted = all.filter(({ result }) => result === "notStarted").map(({ key }) => key);
  const columns = [...outcomeColumns({ several: stacks.length > 1 }), timelineColumn(startedAt)];
  return [
    ...(finished.length > 0 ? [cappedTable(columns, finished)] : []),
    ...(notStarted.length > 0 ? [`Not started: ${names(notStarted)}`] : []),
  ].join("\n\n");
}

export function list(texts: readonly { readonly text: string }[]): string {
  const more = texts.length - mostRows;
  const lines = texts.slice(0, mostRows).map((each) => `- ${text(cut(each.text))}`);
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function names(keys: readonly string[]): string {
  const more = keys.length - mostRows;
  return keys.slice(0, mostRows).map(code).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
