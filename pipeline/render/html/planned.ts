import { planColumns } from "../tables.js";
import type { View } from "../view.js";
import { counted } from "../../run/messages.js";
import { html, type Piece } from "./markup.js";
import { folded, foldedIfMany, list, names } from "./pieces.js";
import { table } from "./table.js";

export function planned({ planned: rows, unchanged, others }: View, several: boolean): Piece {
  return [
    rows.length > 0 &&
      foldedIfMany(
        counted(rows.length, "planned connector"),
        table("plan-table", "Planned connectors", planColumns({ several }, true), rows),
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
