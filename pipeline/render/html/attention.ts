import type { View } from "../view.js";
import { counted } from "../../run/messages.js";
import { html, type Piece } from "./markup.js";
import { folded, list, message, name, names, type Section } from "./pieces.js";
import { resultBadge } from "./table.js";

/** Why the run was refused, what failed, and what to do. */
export function attention({ errors, violations, differences, outcomes }: View, several: boolean): Section | false {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const count = errors.length + violations.length + differences.length + failed.length;
  const card = (title: Piece, text: string, more?: Piece) =>
    html`<li class="card">
      <h3>${title}</h3>
      ${message(text)} ${more}
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
            <h3>Differs from the approved plan</h3>
            ${list(differences)}
          </li>`
        }${failed.map((outcome) =>
          card(html`${name(outcome.key)} ${resultBadge(outcome.result)}${inStack(outcome)}`, outcome.error ?? ""),
        )}${errors.map(({ text, stack }) => card(html`Error${inStack({ stack })}`, text))}
      </ul>`,
    }
  );
}
