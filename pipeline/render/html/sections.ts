import { driftColumns, requestColumns, stackColumns } from "../tables.js";
import type { Message, View } from "../view.js";
import { attention } from "./attention.js";
import { html, type Piece } from "./markup.js";
import { outcomes } from "./outcomes.js";
import { list, type Section } from "./pieces.js";
import { planned } from "./planned.js";
import { table } from "./table.js";
import { timelines } from "./timelines.js";

/** The sections of the page, most important first; empty ones are left out. */
export function sectionsOf(view: View): Section[] {
  const several = view.stacks.length > 1;
  const rows: readonly (Section | false)[] = [
    attention(view, several),
    several && {
      id: "stacks",
      title: "Stacks",
      count: view.stacks.length,
      body: table("stacks-table", "Result per stack", stackColumns, view.stacks),
    },
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
    messages("warnings", "Warnings", view.warnings),
    messages("notes", "Notes", view.notes),
  ];
  return rows.filter((row) => row !== false);
}

function drift({ drift: found = [] }: View, several: boolean): Piece {
  if (found.length === 0) return html`<p>No drift.</p>`;
  return table("drift-table", "Connectors that differ from state", driftColumns({ several }), found);
}

function requests({ requests: sent }: View): Piece {
  if (sent.length === 0) return html`<p>None were recorded.</p>`;
  return table("requests-table", "Requests that were sent to the service, by kind", requestColumns, sent);
}

function messages(id: string, title: string, texts: readonly Message[]): Section | false {
  return texts.length > 0 && { id, title, count: texts.length, body: list(texts) };
}
