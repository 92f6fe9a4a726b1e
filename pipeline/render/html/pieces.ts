import { html, type Markup, type Piece } from "./markup.js";

/** A section of the page with its heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly body: Piece;
}

/** More rows than these are folded away. */
const mostOpen = 40;

export function list(texts: readonly { readonly text: string }[]): Markup {
  return html`<ul class="messages">
    ${texts.map(({ text }) => html`<li>${message(text)}</li>`)}
  </ul>`;
}

/** A message line by line; `Why:` and `Next:` stand back. */
export function message(text: string): Markup {
  const lines = text.split("\n").map((line, index) => {
    const [, lead, rest] = /^(Why:|Next:) (.*)$/.exec(line) ?? [];
    return [index > 0 && "\n", lead === undefined ? line : html`<b class="lead">${lead}</b> ${rest}`];
  });
  return html`<p class="message">${lines}</p>`;
}

export function names(keys: readonly string[]): Markup {
  return html`<ul class="names">
    ${keys.map((key) => html`<li>${name(key)}</li>`)}
  </ul>`;
}

/** A name from outside; it can't change the writing direction of the text around it. */
export function name(text: string): Markup {
  return html`<bdi class="name">${text}</bdi>`;
}

/** The key, and the connector's name at the service if it is another one. */
export function keyed(key: string, serviceName: string): Piece {
  return key === serviceName ? name(key) : [name(key), html` <span class="quiet">${name(serviceName)}</span>`];
}

export function folded(summary: string, body: Piece, open = false): Markup {
  return html`<details${open ? html` open` : ""}><summary>${summary}</summary>${body}</details>`;
}

/** Folded if there are many rows. */
export function foldedIfMany(summary: string, body: Piece, rows: readonly unknown[]): Piece {
  return rows.length > mostOpen ? folded(summary, body) : body;
}
