import { oneLine, redact } from "../../../provider/errors/redact.js";
import { resultWords, type Tone } from "../../run/words.js";
import type { Toned } from "../plan.js";
import { fieldText, labelOf, type Cell, type Columns } from "../tables.js";

/** Returns the text with a colour or weight, or as it is. */
export type Style = (style: "green" | "yellow" | "red" | "bold" | "dim", text: string) => string;

/** Returns aligned columns. */
export type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

export const plain: Style = (_, text) => text;

const styles: Partial<Record<Tone, Parameters<Style>[0]>> = { success: "green", warning: "yellow", danger: "red" };

/** Writes toned words and tables for a terminal. */
export function pen(style: Style, table: Table) {
  const toned = ({ text, tone }: Toned): string => {
    const name = styles[tone];
    return name === undefined ? text : style(name, text);
  };
  const cellText = (cell: Cell): string => {
    if (typeof cell !== "object") return redact(String(cell ?? ""));
    if ("key" in cell) return labelOf(cell, (name) => oneLine(name, 80));
    if ("words" in cell) return cell.words.map(toned).join(", ");
    if ("fields" in cell)
      return cell.fields.map((field) => fieldText(field, undefined, style("dim", "(credential)"))).join("\n");
    return toned(resultWords[cell.result]);
  };
  const tableOf = <Row>(columns: Columns<Row>, rows: readonly Row[]): string => {
    const shown = columns.filter((column) => column !== false);
    return table(
      shown.map(({ head }) => head),
      rows.map((row) => shown.map(({ cell }) => cellText(cell(row)))),
    );
  };
  return { toned, tableOf };
}
