import type { ConnectorOutcome, Moment } from "../../run/report.js";
import { timelineColumn } from "../tables.js";
import type { View } from "../view.js";
import { counted } from "../../run/messages.js";
import { isUnhealthy, restartsOf } from "../words.js";
import { html, type Markup, type Piece } from "./markup.js";
import { axis, legend, patterns, picture, spanOf, type Span } from "./picture.js";
import { folded, foldedIfMany, name, type Section } from "./pieces.js";
import { table } from "./table.js";

interface Row {
  readonly outcome: ConnectorOutcome;
  readonly timeline: readonly Moment[];
}

/** One picture per connector on a common time scale, in the order in which they began: waves look like steps. */
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
  const unhealthy = rows.filter(({ outcome }) => isUnhealthy(outcome));
  const healthy = rows.filter(({ outcome }) => !isUnhealthy(outcome));
  return {
    id: "timelines",
    title: "Timelines",
    count: rows.length,
    body: [
      patterns,
      legend(),
      unhealthy.length > 0 && pictures(unhealthy, span),
      healthy.length > 0 &&
        foldedIfMany(counted(healthy.length, "healthy connector"), pictures(healthy, span), healthy),
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
    "Statuses of each connector over time",
    [{ head: "connector", cell: ({ key }) => ({ key, name: key }) }, timelineColumn(startedAt)],
    rows.map(({ outcome }) => outcome),
  );
}

function begins({ timeline: [first] }: Row): number {
  return first?.at ?? 0;
}
