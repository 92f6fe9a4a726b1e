import { redact } from "../../../provider/errors/redact.js";

/** Escaped HTML. Only {@link html} makes it. */
class Markup {
  constructor(readonly source: string) {}
}

export type { Markup };
export type Piece = Markup | string | number | undefined | false | readonly Piece[];

/** Escapes every value in `${}` that is not markup already. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(strings.map((text, index) => text.replace(/\n\s+/g, "\n") + render(pieces[index])).join(""));
}

export function render(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (piece instanceof Markup) return piece.source;
  if (typeof piece === "string") return escape(piece);
  if (typeof piece === "number") return String(piece);
  return piece.map(render).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return redact(text)
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
