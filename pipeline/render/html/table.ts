import { html, type Markup, type Piece } from "./markup.js";

interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Piece;
  readonly numeric?: boolean;
}

/** A table in a box of its own that scrolls sideways; the first column names the row. */
export function table<Row>(
  id: string,
  caption: string,
  columns: readonly (Column<Row> | false)[],
  rows: readonly Row[],
): Markup {
  const shown = columns.filter((column) => column !== false);
  const type = (column: Column<Row>) => (column.numeric === true ? "number" : "text");
  const cells = (row: Row) =>
    shown.map((column, index) =>
      index === 0
        ? html`<th scope="row">${column.cell(row)}</th>`
        : html`<td class="${type(column)}">${column.cell(row)}</td>`,
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

/** Folded away, with how much there is in its line. */
export function folded(line: string, body: Piece, open = false): Markup {
  return html`<details${open ? html` open` : ""}><summary>${line}</summary>${body}</details>`;
}
