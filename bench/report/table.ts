/** A table without a medium: a line is bad where something missed its target. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly lines: readonly { readonly cells: readonly string[]; readonly bad?: boolean }[];
  /** The first column is a name, the others are figures, unless all are words. */
  readonly words?: true;
  /** Below the table, one paragraph each. */
  readonly notes?: readonly string[];
}

/** For a terminal; bad lines are red where colours are wanted. */
export function asText({ title, header, lines, words, notes = [] }: Table, colours: boolean): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...lines.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const format = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 || words ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const red = (line: string) => (colours ? `\u001b[31m${line}\u001b[39m` : line);
  return [
    title,
    "",
    format(header),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...lines.map(({ cells, bad }) => (bad ? red(format(cells)) : format(cells))),
    ...notes.map((note) => `  ${note}`),
    "",
  ].join("\n");
}

/** For a page; bad lines carry a red mark. */
export function asMarkdown({ title, header, lines, words, notes = [] }: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    `### ${title}`,
    "",
    row(header),
    row(header.map((_, column) => (column === 0 || words ? "---" : "---:"))),
    ...lines.map(({ cells, bad }) =>
      row(bad ? cells.map((cell, column) => (column === 0 ? `🔴 ${cell}` : cell)) : cells),
    ),
    ...notes.flatMap((note) => ["", note]),
    "",
  ].join("\n");
}
