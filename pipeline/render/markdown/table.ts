import { oneLine } from "../../../provider/errors/redact.js";
import { resultWords } from "../../run/words.js";
import type { Toned } from "../plan.js";
import { fieldText, labelOf, type Cell, type Columns } from "../tables.js";
import { code, text } from "./text.js";

/** Longer tables are left to the HTML report. */
export const mostRows = 100;

/** The rows of a table that come first, and how many more there are. */
export function cappedTable<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const more = rows.length - mostRows;
  const { head, rowOf } = tableParts(columns);
  return [head, ...rows.slice(0, mostRows).map(rowOf)].join("\n") + (more > 0 ? `\n\nand ${more} more.` : "");
}

export function tableParts<Row>(columns: Columns<Row>) {
  const shown = columns.filter((column) => column !== false);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return {
    head: `${line(shown.map(({ head }) => head))}\n${line(shown.map(() => "---"))}`,
    rowOf: (row: Row) => line(shown.map(({ cell }) => content(cell(row)))),
  };
}

function content(cell: Cell): string {
  if (typeof cell !== "object") return text(String(cell ?? ""));
  if ("key" in cell) return labelOf(cell, (name) => code(oneLine(name, 80)));
  if ("words" in cell) return cell.words.map(toned).join(", ");
  if ("fields" in cell) return cell.fields.map((field) => fieldText(field, code)).join("<br>");
  return resultWords[cell.result].text;
}

export function toned({ text: words, tone }: Toned): string {
  return tone === "danger" ? `**${text(words)}**` : text(words);
}
