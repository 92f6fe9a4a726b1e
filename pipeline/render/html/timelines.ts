import type { ConnectorOutcome, Moment } from "../../run/report.js";
import type { View } from "../view.js";
import { counted, restartsOf, timelineText } from "../words.js";
import { html, type Markup, type Piece } from "./markup.js";
import { axis, legend, patterns, picture, spanOf, type Span } from "./picture.js";
import { manyOrFew, name, type Section } from "./pieces.js";
import { folded, table } from "./table.js";

interface Row {
  readonly outcome: ConnectorOutcome;
  readonly timeline: readonly Moment[];
}

/** A picture per connector, all on one scale of time, those that began first on top: waves show as steps. */
export function timelines({ outcomes, startedAt }: View): Section | false {
  const rows = outcomes
    .flatMap((outcome): Row[] => {
      const { timeline = [] } = outcome;
      return timeline.length > 0 ? [{ outcome, timeline }] : [];
    })
    .sort((one, other) => begins(one) - begins(other));
  if (rows.length === 0) return false;
  const span = spanOf(
    rows.map(({ timeline }) => timeline),
    startedAt,
  );
  const unwell = rows.filter(({ outcome: { result } }) => result === "failed" || result === "rolledBack");
  const well = rows.filter((row) => !unwell.includes(row));
  const line = `${counted(well.length, "connector")} that ended well`;
  return {
    id: "timelines",
    title: "Timelines",
    count: rows.length,
    body: [
      patterns,
      legend(),
      unwell.length > 0 && pictures(unwell, span),
      well.length > 0 && manyOrFew(line, pictures(well, span), well),
      folded("The same as text", asText(rows, startedAt)),
    ],
  };
}

function pictures(rows: readonly Row[], span: Span): Markup {
  return html`
    <div class="ruler">${axis(span)}</div>
    <ol class="timelines">
      ${rows.map(
        ({ outcome, timeline }) =>
          html`<li>
            <p>${name(outcome.key)} <span class="quiet">${endOf(outcome)}</span></p>
            ${picture(timeline, span)}
          </li>`,
      )}
    </ol>
  `;
}

/** `RUNNING, 1 restart`. */
function endOf(outcome: ConnectorOutcome): Piece {
  const restarts = restartsOf(outcome);
  return [outcome.status, restarts > 0 && counted(restarts, "restart")].filter(Boolean).join(", ");
}

function asText(rows: readonly Row[], startedAt: number): Markup {
  return table(
    "timelines-table",
    "Statuses, and when each began, since the run began",
    [
      { head: "Connector", cell: ({ outcome }) => name(outcome.key) },
      { head: "Statuses", cell: ({ timeline }) => timelineText(timeline, startedAt) },
    ],
    rows,
  );
}

function begins({ timeline: [first] }: Row): number {
  return first?.at ?? 0;
}
