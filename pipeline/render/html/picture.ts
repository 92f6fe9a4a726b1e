import { statusKind } from "../../../provider/model/status.js";
import type { Moment } from "../../run/report.js";
import { restartsAt } from "../../run/timeline.js";
import { sinceText, timelineText } from "../words.js";
import { html, type Markup } from "./markup.js";

/** The period that all pictures of a page show. */
export interface Span {
  /** When the run began: times count from here. */
  readonly origin: number;
  readonly from: number;
  readonly to: number;
}

type Look = "running" | "awaited" | "stopped" | "failed" | "transition" | "absent";

/** Approximate widths in pixels: of a letter, and of the picture on a phone and on a desktop. */
const letter = 7;
const widths = { narrow: 290, wide: 640 };
const narrowest = 0.4;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400];
const mostTicks = 7;

export function spanOf(timelines: readonly (readonly Moment[])[], origin: number): Span {
  const times = timelines.flat().map(({ at }) => at);
  const from = times.reduce((least, at) => Math.min(least, at), Infinity);
  const to = times.reduce((most, at) => Math.max(most, at), -Infinity);
  return { origin, from, to: Math.max(to, from + 1) };
}

/** The statuses of one connector over time, with the same as text for screen readers. */
export function picture(timeline: readonly Moment[], span: Span): Markup {
  const restarts = restartsAt(timeline);
  const words = timelineText(timeline, span.origin) + (restarts.length > 0 ? `; restarts: ${restarts.length}` : "");
  const blocks = stretches(timeline).map((each) => stretch(each, span));
  const labels = blocks.filter(({ label }) => label).length;
  return html`<svg class="timeline" role="img" aria-label="${words}" width="100%" height="${labels > 0 ? 38 : 28}">
    <rect class="track" x="0" y="11" width="100%" height="12" />
    ${blocks.map(({ block, label }) => [block, label])}${restarts.map((at) => restartMark(share(at, span)))}
  </svg>`;
}

/** The time axis of the pictures. */
export function axis(span: Span): Markup {
  const length = (span.to - span.from) / 1_000;
  const step = (steps.find((seconds) => length / seconds <= mostTicks) ?? Math.ceil(length / mostTicks)) * 1_000;
  const first = Math.ceil((span.from - span.origin) / step) * step + span.origin;
  const ticks = Array.from({ length: Math.floor((span.to - first) / step) + 1 }, (_, index) => first + index * step);
  return html`<svg class="axis" aria-hidden="true" width="100%" height="20">
    ${ticks.map(
      (at, index) =>
        html`<svg x="${percent(share(at, span))}" class="${index % 2 === 1 ? "wide" : ""}" overflow="visible">
          <path d="M.5 15v5" />
          <text x="0" y="12" text-anchor="${share(at, span) > 94 ? "end" : share(at, span) < 4 ? "start" : "middle"}">
            ${sinceText(at, span.origin)}
          </text>
        </svg>`,
    )}
  </svg>`;
}

/** What the shapes of the pictures mean. Nothing is shown by colour alone. */
export function legend(): Markup {
  const rows: readonly [Look, string][] = [
    ["running", "RUNNING"],
    ["awaited", "still RUNNING, waiting for the restart"],
    ["transition", "changing (STARTING, STOPPING, …)"],
    ["stopped", "STOPPED"],
    ["failed", "FAILED"],
    ["absent", "absent"],
  ];
  return html`<ul class="legend" aria-label="Legend of the timelines">
    ${rows.map(
      ([look, text]) =>
        html`<li>
          <svg aria-hidden="true" width="32" height="14">
            <rect class="track" y="1" width="32" height="12" />
            ${block(look, "0", "32", 1)}
          </svg>
          ${text}
        </li>`,
    )}
    <li>
      <svg aria-hidden="true" width="14" height="14"><svg x="7" y="3" overflow="visible">${mark}</svg></svg> a restart:
      down and up again
    </li>
  </ul>`;
}

/** The fills of the blocks; once per page. */
export const patterns = html`<svg class="patterns" aria-hidden="true" width="0" height="0">
  <defs>
    <pattern id="fill-awaited" width="8" height="12" patternUnits="userSpaceOnUse">
      <rect class="running" width="8" height="12" />
      <path class="gap" d="M4 0v12" />
    </pattern>
    <pattern id="fill-transition" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="transition-ground" width="7" height="7" />
      <path class="transition-line" d="M2 0v7" />
    </pattern>
    <pattern id="fill-failed" width="8" height="8" patternUnits="userSpaceOnUse">
      <rect class="failed" width="8" height="8" />
      <path class="failed-line" d="M1 1l6 6M7 1l-6 6" />
    </pattern>
  </defs>
</svg>`;

interface Stretch {
  readonly look: Look;
  readonly status: string;
  readonly from: number;
  readonly to: number;
}

function stretches(timeline: readonly Moment[]): Stretch[] {
  return timeline.flatMap((each, index) => {
    const next = timeline[index + 1];
    const before = timeline[index - 1];
    // The last moment only ends the previous one.
    if (!next && before && lookOf(before) === lookOf(each) && before.status === each.status) return [];
    return [{ look: lookOf(each), status: each.status, from: each.at, to: next?.at ?? each.at }];
  });
}

function lookOf({ status, restartAwaited }: Moment): Look {
  if (status === "absent") return "absent";
  const kind = statusKind(status);
  return kind === "running" && restartAwaited === true ? "awaited" : kind;
}

function stretch({ look, status, from, to }: Stretch, span: Span) {
  const length = Math.max(narrowest, share(to, span) - share(from, span));
  const start = Math.min(share(from, span), 100 - length);
  return { block: block(look, percent(start), percent(length), 11), label: label(status, start, length) };
}

function block(look: Look, x: string, width: string, y: number): Markup {
  if (look === "absent")
    return html`<svg class="absent" x="${x}" y="${y}" width="${width}" height="12"><path d="M0 6h9999" /></svg>`;
  return html`<rect class="${look}" x="${x}" y="${y}" width="${width}" height="12" />`;
}

/** The status below its block, if it fits. */
function label(status: string, start: number, length: number): Markup | undefined {
  const needed = (status.length + 1) * letter;
  const room = (width: number) => (length / 100) * width >= needed;
  if (!room(widths.wide)) return undefined;
  return html`<text class="${room(widths.narrow) ? "" : "wide"}" x="${percent(start)}" y="35">${status}</text>`;
}

const mark = html`<path class="mark" d="M-5 0h10l-5 8z" />`;

function restartMark(at: number): Markup {
  return html`<svg x="${percent(at)}" y="1" overflow="visible">${mark}</svg>`;
}

/** The position of a time in the picture, in percent. */
function share(at: number, { from, to }: Span): number {
  return Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
