import type { ConnectorOutcome } from "../../run/report.js";
import type { Told, View } from "../view.js";
import { isLook } from "../words.js";
import { attention } from "./attention.js";
import { html, type Markup, type Piece } from "./markup.js";
import { outcomes } from "./outcomes.js";
import { keyed, list, name, type Section } from "./pieces.js";
import { planned } from "./planned.js";
import { table } from "./table.js";
import { timelines } from "./timelines.js";

/** What there is to say, in the order of its weight; what there isn't has no section. */
export function sectionsOf(view: View): Section[] {
  const several = view.stacks.length > 1;
  const rows: readonly (Section | false)[] = [
    attention(view, several),
    several && { id: "stacks", title: "Stacks", count: view.stacks.length, body: stacks(view) },
    (view.declared.length > 0 || view.planned.length > 0 || view.others.length > 0) && {
      id: "plan",
      title: "What was planned",
      count: view.planned.length + view.others.length,
      body: planned(view, several),
    },
    view.outcomes.length > 0 && {
      id: "outcome",
      title: "What happened",
      count: view.outcomes.length,
      body: outcomes(view, several),
    },
    timelines(view),
    view.drift !== undefined && { id: "drift", title: "Drift", count: view.drift.length, body: drift(view, several) },
    { id: "requests", title: "Requests sent", body: requests(view) },
    told("warnings", "Warnings", view.warnings),
    told("notes", "Notes", view.notes),
  ];
  return rows.filter((row) => row !== false);
}

function stacks({ stacks: reports }: View): Markup {
  const count = (list: readonly ConnectorOutcome[], result: ConnectorOutcome["result"]) =>
    list.filter((each) => each.result === result).length;
  return table(
    "stacks-table",
    "How each stack's run ended",
    [
      { head: "Stack", cell: ({ stack }) => name(stack ?? "") },
      { head: "Exit code", numeric: true, cell: ({ exitCode }) => exitCode },
      { head: "Planned", numeric: true, cell: (report) => report.plan?.connectors.length ?? "" },
      { head: "Done", numeric: true, cell: ({ connectors }) => count(connectors, "done") },
      { head: "Failed", numeric: true, cell: ({ connectors }) => count(connectors, "failed") },
      { head: "Rolled back", numeric: true, cell: ({ connectors }) => count(connectors, "rolledBack") },
      { head: "Errors", numeric: true, cell: ({ errors }) => errors.length },
    ],
    reports,
  );
}

function drift({ drift: found = [] }: View, several: boolean): Piece {
  if (found.length === 0) return html`<p>None was seen.</p>`;
  return table(
    "drift-table",
    "Connectors that aren't as state says",
    [
      { head: "Connector", cell: (each) => (each.key === undefined ? name(each.name) : keyed(each.key, each.name)) },
      several && { head: "Stack", cell: ({ stack }) => stack },
      { head: "Kind", cell: ({ kind }) => kind },
      { head: "What differs", cell: ({ text }) => text },
    ],
    found,
  );
}

function requests({ requests: sent }: View): Piece {
  if (sent.length === 0) return html`<p>None were recorded.</p>`;
  return table(
    "requests-table",
    "Requests that the service was sent, by kind",
    [
      { head: "Request", cell: ([call]) => call },
      { head: "Effect", cell: ([call]) => (isLook(call) ? "looks" : "changes") },
      { head: "Count", numeric: true, cell: ([, count]) => count },
    ],
    sent,
  );
}

function told(id: string, title: string, texts: readonly Told[]): Section | false {
  return texts.length > 0 && { id, title, count: texts.length, body: list(texts) };
}
