import type { Effect } from "../../plan.js";
import type { View } from "../view.js";
import { counted, fieldText, statusText } from "../words.js";
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
            { head: "Connector", cell: ({ key, name: own }) => keyed(key, own) },
            several && { head: "Stack", cell: ({ stack }) => stack },
            { head: "Effects", cell: ({ effects }) => html`<span class="badges">${effects.map(badge)}</span>` },
            {
              head: "What changes",
              cell: ({ fields, leftBehind, notChecked }) => [
                fields.length > 0 &&
                  html`<ul class="fields">
                    ${fields.map((field) => html`<li>${fieldText(field)}</li>`)}
                  </ul>`,
                notChecked === true && html`<p>credentials: not checked</p>`,
                leftBehind !== undefined && html`<p>left behind: ${leftBehind}</p>`,
              ],
            },
            { head: "Status", cell: statusText },
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

function badge(effect: Effect): Markup {
  return html`<span class="badge ${effect}">${effect}</span>`;
}
