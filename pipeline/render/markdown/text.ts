import { redact } from "../../../provider/errors/redact.js";

/** A space of no width: it keeps `@somebody`, `#12` and addresses from calling people and from linking elsewhere. */
const nothing = "\u200b";
const mostCharacters = 2_000;

/**
 * Text from outside, in one line of Markdown or one cell of a table: it can't make markup, mention anybody, refer to an
 * issue, link elsewhere, or leave its cell.
 */
export function text(from: string): string {
  return line(from)
    .replace(/[@#!%](?=[\w"'])|:\/(?=\/)|www(?=\.)/gi, `$&${nothing}`)
    .replace(/[\\`*_[\]~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[|$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name from outside, as code. */
export function code(from: string): string {
  const clean = line(from);
  return /^[^`|\\&<>]+$/.test(clean) ? `\`${clean}\`` : `<code>${text(from)}</code>`;
}

/** A text of several lines from outside, as it is. */
export function block(from: string): string {
  const lines = redact(from).toWellFormed();
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Folded away, below one line in words of our own. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** An error may quote a whole page that a proxy answered with. */
export function cut(long: string): string {
  return long.length <= mostCharacters ? long : `${long.slice(0, mostCharacters - 1)}…`;
}

function line(from: string): string {
  return redact(from).toWellFormed().replace(/\s+/g, " ").trim();
}
