import { html, type Markup, type Piece } from "./markup.js";
import { folded } from "./table.js";

/** A part of the page with its heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly body: Piece;
}

/** More rows than these are folded away. */
const mostOpen = 40;

export function list(texts: readonly { readonly text: string }[]): Markup {
  return html`<ul class="told">
    ${texts.map(({ text }) => html`<li>${said(text)}</li>`)}
  </ul>`;
}

/** A sentence as it was written, line for line; what leads its second and third line stands back. */
export function said(text: string): Markup {
  const lines = text.split("\n").map((line, index) => {
    const [, lead, rest] = /^(Why:|Next:) (.*)$/.exec(line) ?? [];
    return [index > 0 && "\n", lead === undefined ? line : html`<b class="lead">${lead}</b> ${rest}`];
  });
  return html`<p class="said">${lines}</p>`;
}

export function names(keys: readonly string[]): Markup {
  return html`<ul class="names">
    ${keys.map((key) => html`<li>${name(key)}</li>`)}
  </ul>`;
}

/** A name from outside: it can't turn the writing direction of what stands around it. */
export function name(text: string): Markup {
  return html`<bdi class="name">${text}</bdi>`;
}

export function keyed(key: string, own: string): Piece {
  return key === own ? name(key) : [name(key), html` <span class="quiet">${name(own)}</span>`];
}

/** Open to the eye, unless there are many. */
export function manyOrFew(line: string, body: Piece, rows: readonly unknown[]): Piece {
  return rows.length > mostOpen ? folded(line, body) : body;
}
