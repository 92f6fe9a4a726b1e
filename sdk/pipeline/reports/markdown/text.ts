import { redact } from "../../../../provider/errors/redact.js";

/** A space of no width: it keeps `@somebody` and `#12` from calling people and from linking elsewhere. */
const nothing = "&#8203;";

/**
 * Text from outside, in one line of Markdown or one cell of a table: it can't make markup, mention anybody, refer to an
 * issue, or leave its cell.
 */
export function text(from: string): string {
  return redact(from)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[&<>`*_[\]|\\~$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[@#!%](?=[\w"'])|:\/\/|(?<=\b[wW]{3})\./g, (sign) => `${sign}${nothing}`);
}

/** A name from outside, as code; nothing in it is markup, a mention or a link. */
export function code(from: string): string {
  return `<code>${text(from)}</code>`;
}

/** A text of several lines from outside, as it is. */
export function block(from: string): string {
  const lines = redact(from).toWellFormed();
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Folded away, below one line. */
export function folded(line: string, body: string): string {
  return `<details><summary>${text(line)}</summary>\n\n${body}\n\n</details>`;
}
