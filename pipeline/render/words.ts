import { formatDuration } from "../../provider/time/duration.js";
import { restartsAt } from "../run/timeline.js";
import type { ConnectorOutcome, ExitCode, Moment } from "../run/report.js";

/** What a report's colours and icons follow. */
export type Tone = "good" | "changes" | "refused" | "bad" | "interrupted";

const endings: Readonly<Record<ExitCode, { readonly tone: Tone; readonly text: string }>> = {
  0: { tone: "good", text: "Done" },
  1: { tone: "bad", text: "Error" },
  2: { tone: "changes", text: "Changes found" },
  3: { tone: "refused", text: "Refused by policy" },
  4: { tone: "bad", text: "Ended unhealthy or rolled back" },
  130: { tone: "interrupted", text: "Interrupted" },
};

/** How a run ended, in a few words. */
export function endingOf(
  command: string,
  exitCode: ExitCode,
  is: { readonly planned: boolean; readonly policyViolated: boolean },
): { readonly tone: Tone; readonly text: string } {
  const ending = endings[exitCode];
  if (exitCode === 3 && !is.policyViolated) return { ...ending, text: "Refused" };
  if (exitCode === 2 && command === "drift") return { ...ending, text: "Drift found" };
  if (exitCode !== 0) return ending;
  if (command === "drift") return { ...ending, text: "No drift" };
  if (command === "preview") return { ...ending, text: is.planned ? "Changes planned" : "Nothing to change" };
  return ending;
}

export const resultWords: Readonly<Record<ConnectorOutcome["result"], string>> = {
  failed: "failed",
  rolledBack: "rolled back",
  done: "done",
  notStarted: "not started",
};

/** What a kind of request does to the service. */
export function isLook(call: string): boolean {
  return call === "list" || call === "get";
}

/** `RUNNING 0s → STARTING 2s → RUNNING 9s`, since `from`; a status that only lasts is told once. */
export function timelineText(timeline: readonly Moment[], from: number): string {
  return changesIn(timeline)
    .map(({ at, status, restartAwaited }) => {
      const waiting = restartAwaited ? " (waiting for the restart)" : "";
      return `${status}${waiting} ${sinceText(at, from)}`;
    })
    .join(" → ");
}

/** Without the moments that repeat the one before them. */
export function changesIn(timeline: readonly Moment[]): Moment[] {
  return timeline.filter(({ status, restartAwaited = false }, index) => {
    const before = timeline[index - 1];
    return status !== before?.status || restartAwaited !== (before.restartAwaited ?? false);
  });
}

/** How often its partners saw it go down and come up: as it was counted, else as its timeline shows. */
export function restartsOf({ restarts, timeline }: ConnectorOutcome): number {
  return restarts ?? restartsAt(timeline ?? []).length;
}

/** Time since the run began: `0s`, `400ms`, `1m05s`. */
export function sinceText(at: number, began: number): string {
  return at <= began ? "0s" : formatDuration(at - began);
}

/** How long a connector was followed; nothing where it wasn't. */
export function tookText({ timeline = [] }: ConnectorOutcome): string {
  const [first, last] = [timeline[0], timeline.at(-1)];
  return first && last ? formatDuration(last.at - first.at) : "";
}

/** `1 connector`, `2 connectors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `2026-10-17 21:04:05 UTC`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
