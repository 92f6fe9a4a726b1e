import { resultWords } from "../../run/words.js";
import type { Result } from "../../run/report.js";
import { fieldText, type Cell, type Column, type Columns } from "../tables.js";
import { html, type Markup, type Piece } from "./markup.js";
import { keyed } from "./pieces.js";

/** A table in a box that scrolls sideways; the first column names the row. */
export function table<Row>(id: string, caption: string, columns: Columns<Row>, rows: readonly Row[]): Markup {
  const shown = columns.filter((column) => column !== false);
  const type = (column: Column<Row>) => (column.numeric === true ? "number" : "text");
  const cells = (row: Row) =>
    shown.map((column, index) =>
      index === 0
        ? html`<th scope="row">${content(column.cell(row))}</th>`
        : html`<td class="${type(column)}">${content(column.cell(row))}</td>`,
    );
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table>
      <caption id="${id}">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${shown.map((column) => html`<th scope="col" class="${type(column)}">${column.head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function content(cell: Cell): Piece {
  if (typeof cell !== "object") return cell;
  if ("key" in cell) return keyed(cell.key, cell.name);
  if ("result" in cell) return resultBadge(cell.result);
  if ("words" in cell)
    return html`<span class="badges"
      >${cell.words.map(({ text, tone }) => html`<span class="badge ${tone}">${text}</span>`)}</span
    >`;
  return (
    cell.fields.length > 0 &&
    html`<ul class="fields">
      ${cell.fields.map((field) => html`<li>${fieldText(field)}</li>`)}
    </ul>`
  );
}

export function resultBadge(result: Result): Markup {
  const { text, mark, tone } = resultWords[result];
  return html`<span class="result ${tone}"><span aria-hidden="true">${mark}</span> ${text}</span>`;
}
