import { formatDuration } from "../../../provider/time/duration.js";
import type { Tone } from "../../run/words.js";
import { counts } from "../plan.js";
import type { View } from "../view.js";
import { timeText } from "../words.js";
import { html, render, type Piece } from "./markup.js";
import { name } from "./pieces.js";
import { sectionsOf } from "./sections.js";
import { style } from "./style.js";

/** Loads, runs, frames and sends nothing, whatever the names in the report contain. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const icons: Readonly<Record<Exclude<Tone, "neutral">, string>> = {
  success: "M4 10.5l4 4 8-9",
  info: "M3 7h13l-4-4M17 13H4l4 4",
  refused: "M4.5 4.5l11 11M10 2a8 8 0 100 16 8 8 0 000-16z",
  danger: "M5 5l10 10M15 5L5 15",
  warning: "M7 4v12M13 4v12",
};

/** A self-contained HTML page, to be attached, mailed, or opened on a phone. */
export function page(view: View): string {
  const { command, place, conclusion, exitCode, summary, startedAt, durationMs } = view;
  const sections = sectionsOf(view);
  const heading = html`${command}${place !== "" && html` <span class="place">${name(place)}</span>`}`;
  const fact = (term: string, value: string) =>
    html`<div>
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>`;
  const body = html`
    <a class="skip" href="#main">Skip to the report</a>
    <header class="top ${conclusion.tone}">
      <div class="width">
        <h1>${heading}</h1>
        <p class="conclusion">${icon(conclusion.tone)} ${conclusion.text}</p>
        <div class="summary">${[...planned(view), ...summary].map((sentence) => html`<p>${sentence}</p>`)}</div>
        <dl class="facts">
          ${fact("Began", timeText(startedAt))} ${fact("Took", formatDuration(durationMs))}
          ${fact("Exit code", String(exitCode))}
        </dl>
      </div>
    </header>
    <nav aria-label="Parts of the report">
      <ul class="width">
        ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul>
    </nav>
    <main id="main" class="width" tabindex="-1">
      ${sections.map(
        ({ id, title, count, body: content }) =>
          html`<section id="${id}" aria-labelledby="${id}-title">
            <h2 id="${id}-title">${title}${count !== undefined && html` <span class="count">(${count})</span>`}</h2>
            ${content}
          </section>`,
      )}
    </main>
    <footer>
      <p class="width">
        Exit codes: 0 success, 1 error, 2 changes or drift found, 3 refused by policy, 4 ended unhealthy or rolled back,
        130 interrupted. A report never contains credentials.
      </p>
    </footer>
  `;
  const title = render([command, place !== "" && ` ${place}`, `: ${conclusion.text}`]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${render(body)}
</body>
</html>
`;
}

function planned({ plans }: View): string[] {
  const texts = counts(plans).map(({ text }) => text);
  return plans.length === 0 ? [] : [`Planned: ${texts.join(", ")}.`];
}

function icon(tone: Tone): Piece {
  if (tone === "neutral") return undefined;
  return html`<svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20">
    <path d="${icons[tone]}" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
  </svg>`;
}
