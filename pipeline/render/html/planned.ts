import { happenings, statusChange, values, type Happening } from "../plan-words.js";
import type { PlannedConnector, PlannedField } from "../../run/plan.js";
import type { View } from "../view.js";
import { counted } from "../words.js";
import { html, type Markup, type Piece } from "./markup.js";
import { keyed, list, manyOrFew, names } from "./pieces.js";
import { folded, table } from "./table.js";

export function planned({ planned: rows, unchanged, others }: View, several: boolean): Piece {
  return [
    rows.length > 0 &&
      manyOrFew(
        `${counted(rows.length, "connector")} that something was planned for`,
        table(
          "plan-table",
          "Connectors that something was planned for",
          [
            { head: "Connector", cell: ({ key, name }) => keyed(key, name) },
            several && { head: "Stack", cell: ({ stack }) => stack },
            {
              head: "What happens",
              cell: (row) => html`<span class="badges">${happenings(row).map(badge)}</span>`,
            },
            {
              head: "Fields",
              cell: (row) =>
                row.fields.length > 0 &&
                html`<ul class="fields">
                  ${row.fields.map((field) => html`<li>${fieldText(field, row)}</li>`)}
                </ul>`,
            },
            { head: "Status", cell: statusChange },
            { head: "Restarts", numeric: true, cell: ({ restarts }) => restarts },
          ],
          rows,
        ),
        rows,
      ),
    others.length > 0 &&
      html`<h3>Other resources of the program</h3>
        ${list(others)}`,
    rows.length === 0 && others.length === 0 && html`<p>Nothing changes.</p>`,
    unchanged.length > 0 &&
      folded(`${counted(unchanged.length, "connector")} unchanged`, names(unchanged.map(({ key }) => key))),
  ];
}

function badge({ text, tone }: Happening): Markup {
  return html`<span class="badge ${tone}">${text}</span>`;
}

function fieldText(field: PlannedField, { effects }: PlannedConnector): string {
  if (field.credential) return `${field.path} (credential)`;
  const told = values(field, effects.includes("create"));
  return told.length === 0 ? field.path : `${field.path}: ${told.map(({ text }) => text).join(" → ")}`;
}
