import { Cron } from "croner";
import { formatDuration, parseDuration } from "../../../provider/time/duration.js";

/** When connectors may change. */
export interface Window {
  /** When it opens: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** How long it stays open: `4h`, `90m`. */
  readonly duration: string;
  /** E.g. `Europe/Berlin`. */
  readonly timeZone: string;
}

export type WindowState =
  { readonly open: true; readonly closesAt: Date } | { readonly open: false; readonly opensAt: Date | undefined };

/**
 * Whether `now` is in the window. When the clocks change, an opening time that is skipped opens it right after the change, and
 * one that occurs twice opens it once; `duration` is elapsed time.
 */
export function windowAt({ cron, duration, timeZone }: Window, now: Date): WindowState {
  const openings = new Cron(cron, { timezone: timeZone, mode: "5-part" });
  // The opening before a moment excludes the moment itself, and openings come at full seconds.
  const [opened] = openings.previousRuns(1, new Date(now.getTime() + 1_000));
  const closesAt = new Date((opened?.getTime() ?? -Infinity) + (parseDuration(duration) ?? 0));
  if (now < closesAt) return { open: true, closesAt };
  return { open: false, opensAt: openings.nextRun(now) ?? undefined };
}

/** The state of the window as a sentence: that it is open, or when it opens next. */
export function windowSentence(window: Window, now: Date): string {
  const state = windowAt(window, now);
  if (state.open) return `The window is open until ${momentIn(window.timeZone, state.closesAt)}.`;
  return `The window is closed at ${momentIn(window.timeZone, now)}; ${opening(window, state.opensAt)}.`;
}

/** `it opens on Tue 2026-03-10 22:00 Europe/Berlin (GMT+1) for 4h`. */
export function opening({ duration, timeZone }: Window, opensAt: Date | undefined): string {
  if (!opensAt) return "it never opens again";
  return `it opens on ${momentIn(timeZone, opensAt)} for ${formatDuration(parseDuration(duration) ?? 0)}`;
}

/** `Tue 2026-03-10 22:00 Europe/Berlin (GMT+1)`: with the offset, because a time of day can occur twice. */
export function momentIn(timeZone: string, moment: Date): string {
  const { weekday, hour, minute, timeZoneName } = partsIn(timeZone, moment);
  return `${weekday} ${dayIn(timeZone, moment)} ${hour}:${minute} ${timeZone} (${timeZoneName})`;
}

/** The day in a time zone: `2026-12-01`. */
export function dayIn(timeZone: string, moment: Date): string {
  const { year, month, day } = partsIn(timeZone, moment);
  return `${year}-${month}-${day}`;
}

function partsIn(timeZone: string, moment: Date): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
  });
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
}

export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** What is wrong with the opening times; `undefined` if they are valid. */
export function cronProblem(cron: string): string | undefined {
  try {
    return new Cron(cron, { timezone: "UTC", mode: "5-part" }).nextRun()
      ? undefined
      : "names a day that never comes; write it like 0 22 * * 2";
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : String(error);
    return `is not five fields of cron (${reason.replace(/\.$/, "")}); write it like 0 22 * * 2`;
  }
}
