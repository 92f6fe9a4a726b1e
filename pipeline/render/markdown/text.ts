import { redact } from "../../../provider/errors/redact.js";

/** A space without width: it keeps `@somebody`, `#12` and addresses from mentioning people and becoming links. */
const zeroWidthSpace = "\u200b";
const mostCharacters = 2_000;

/** Text from outside in one line or table cell: it can't become markup, a mention, a reference or a link, or leave its cell. */
export function text(from: string): string {
  return line(from)
    .replace(/[@#!%](?=[\w"'])|:\/(?=\/)|www(?=\.)/gi, `$&${zeroWidthSpace}`)
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

/** Lines from outside, verbatim. */
export function block(from: string): string {
  const lines = redact(from).toWellFormed();
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

/** @param summary one line of trusted text */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** Errors may quote a whole page of a proxy. */
export function cut(long: string): string {
  return long.length <= mostCharacters ? long : `${long.slice(0, mostCharacters - 1)}…`;
}

function line(from: string): string {
  return redact(from).toWellFormed().replace(/\s+/g, " ").trim();
}
