import type { View } from "../view.js";
import { counted, resultWords } from "../words.js";
import { html, type Piece } from "./markup.js";
import { list, name, names, said, type Section } from "./pieces.js";
import { folded } from "./table.js";

/** What somebody must read: why it was refused, what went wrong, and what to do. */
export function attention({ errors, violations, differences, outcomes }: View, several: boolean): Section | false {
  const unwell = outcomes.filter(({ error }) => error !== undefined);
  const count = errors.length + violations.length + differences.length + unwell.length;
  const card = (title: Piece, text: string, more?: Piece) =>
    html`<li class="card">
      <h3>${title}</h3>
      ${said(text)} ${more}
    </li>`;
  const inStack = ({ stack }: { readonly stack: string | undefined }) =>
    several && stack !== undefined && html` <span class="quiet">${name(stack)}</span>`;
  return (
    count > 0 && {
      id: "attention",
      title: "Needs attention",
      count,
      body: html`<ul class="cards">
        ${violations.map(({ rule, text, connectors }) =>
          card(
            html`Policy: <code>${rule}</code>`,
            text,
            connectors.length > 0 &&
              folded(
                counted(connectors.length, "connector concerned", "connectors concerned"),
                names(connectors),
                connectors.length <= 10,
              ),
          ),
        )}${
          differences.length > 0 &&
          html`<li class="card">
            <h3>Differs from what was approved</h3>
            ${list(differences)}
          </li>`
        }${unwell.map((outcome) =>
          card(
            html`${name(outcome.key)}
              <span class="result ${outcome.result}">${resultWords[outcome.result]}</span>${inStack(outcome)}`,
            outcome.error ?? "",
          ),
        )}${errors.map(({ text, stack }) => card(html`Error${inStack({ stack })}`, text))}
      </ul>`,
    }
  );
}
