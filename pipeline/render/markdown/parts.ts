import type { View } from "../view.js";
import { isLook, restartsOf, resultWords, timelineText } from "../words.js";
import { block, code, cut, table, text } from "./text.js";

/** More rows than these are for the page. */
const mostRows = 100;

export function stackTable({ stacks }: View): string {
  return capped(
    ["stack", "exit code", "planned", "done", "not well"],
    stacks.map(({ stack = "", exitCode, plan, connectors }) => [
      code(stack),
      String(exitCode),
      String(plan?.connectors.length ?? ""),
      String(connectors.filter(({ result }) => result === "done").length),
      String(connectors.filter(({ result }) => result === "failed" || result === "rolledBack").length),
    ]),
  );
}

export function driftTable({ drift = [] }: View): string {
  return capped(
    ["connector", "kind", "what differs"],
    drift.map(({ key, name, kind, text: clause }) => [code(key ?? name), kind, text(clause)]),
  );
}

export function failure({ key, result, error = "" }: View["outcomes"][number]): string {
  return `${code(key)} ${resultWords[result]}:\n\n${block(cut(error))}`;
}

export function outcomeTable({ outcomes, startedAt }: View): string {
  const touched = outcomes.filter(({ result }) => result !== "notStarted");
  const notStarted = outcomes.filter(({ result }) => result === "notStarted").map(({ key }) => key);
  const rows = touched.map((outcome) => [
    code(outcome.key),
    resultWords[outcome.result],
    text(outcome.status ?? ""),
    String(restartsOf(outcome)),
    text(timelineText(outcome.timeline ?? [], startedAt)),
  ]);
  return [
    ...(rows.length > 0
      ? [capped(["connector", "result", "ended as", "restarts", "statuses, since the run began"], rows)]
      : []),
    ...(notStarted.length > 0 ? [`Not started: ${names(notStarted)}`] : []),
  ].join("\n\n");
}

export function requestTable({ requests }: View): string {
  return table(
    ["request", "effect", "count"],
    requests.map(([call, count]) => [text(call), isLook(call) ? "looks" : "changes", String(count)]),
  );
}

export function list(texts: readonly { readonly text: string }[]): string {
  const more = texts.length - mostRows;
  const lines = texts.slice(0, mostRows).map((each) => `- ${text(cut(each.text))}`);
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function capped(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const more = rows.length - mostRows;
  return table(head, rows.slice(0, mostRows)) + (more > 0 ? `\n\nand ${more} more.` : "");
}

function names(keys: readonly string[]): string {
  const more = keys.length - mostRows;
  return keys.slice(0, mostRows).map(code).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
