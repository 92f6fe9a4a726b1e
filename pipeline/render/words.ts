import { formatDuration } from "../../provider/time/duration.js";
import type { ConnectorOutcome, ExitCode, Moment, Result } from "../run/report.js";
import { restartsAt } from "../run/timeline.js";
import type { Tone } from "../run/words.js";

/** How a run ended, in a few words. */
export interface Conclusion {
  readonly tone: Tone;
  readonly text: string;
}

const conclusions: Readonly<Record<ExitCode, Conclusion>> = {
  0: { tone: "success", text: "Done" },
  1: { tone: "danger", text: "Error" },
  2: { tone: "info", text: "Changes found" },
  3: { tone: "refused", text: "Refused by policy" },
  4: { tone: "danger", text: "Ended unhealthy or rolled back" },
  130: { tone: "warning", text: "Interrupted" },
};

export function conclusionOf(
  command: string,
  exitCode: ExitCode,
  is: { readonly planned: boolean; readonly policyViolated: boolean },
): Conclusion {
  const conclusion = conclusions[exitCode];
  if (exitCode === 3 && !is.policyViolated) return { ...conclusion, text: "Refused" };
  if (exitCode === 2 && command === "drift") return { ...conclusion, text: "Drift found" };
  if (exitCode !== 0) return conclusion;
  if (command === "drift") return { ...conclusion, text: "No drift" };
  if (command === "preview") return { ...conclusion, text: is.planned ? "Changes planned" : "Nothing to change" };
  return conclusion;
}

/** What a kind of request does at the service. */
export function requestEffect(call: string): "reads" | "changes" {
  return call === "list" || call === "get" ? "reads" : "changes";
}

export function isUnhealthy({ result }: { readonly result: Result }): boolean {
  return result === "failed" || result === "rolledBack";
}

/** `RUNNING 0s → STARTING 2s → RUNNING 9s`, since `from`; a status that continues is written once. */
export function timelineText(timeline: readonly Moment[], from: number): string {
  return changesIn(timeline)
    .map(({ at, status, restartAwaited }) => {
      const waiting = restartAwaited ? " (waiting for the restart)" : "";
      return `${status}${waiting} ${sinceText(at, from)}`;
    })
    .join(" → ");
}

/** Without the moments that repeat the previous one. */
function changesIn(timeline: readonly Moment[]): Moment[] {
  return timeline.filter(({ status, restartAwaited = false }, index) => {
    const before = timeline[index - 1];
    return status !== before?.status || restartAwaited !== (before.restartAwaited ?? false);
  });
}

/** How often partners saw it go down and come up: as counted, or else as its timeline shows. */
export function restartsOf({ restarts, timeline }: ConnectorOutcome): number {
  return restarts ?? restartsAt(timeline ?? []).length;
}

/** Time since the run began: `0s`, `400ms`, `1m05s`. */
export function sinceText(at: number, began: number): string {
  return at <= began ? "0s" : formatDuration(at - began);
}

/** How long a connector was observed; empty if it was not. */
export function tookText({ timeline = [] }: ConnectorOutcome): string {
  const [first, last] = [timeline[0], timeline.at(-1)];
  return first && last ? formatDuration(last.at - first.at) : "";
}

/** `2026-10-17 21:04:05 UTC`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
