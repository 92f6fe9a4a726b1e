import { formatDuration, parseDuration } from "../time/duration.js";

/** A live line's content. */
export interface Progress {
  /** The service's word; `undefined`: absent. */
  readonly status: string | undefined;
  readonly elapsedMs: number;
  /** An edit was sent, and the restart that proves it is still awaited. */
  readonly restartAwaited: boolean;
}

const awaited = ", waiting for the restart";

/** `STARTING 12s`; `RUNNING 3s, waiting for the restart`. */
export function progressLine({ status, elapsedMs, restartAwaited }: Progress): string {
  return `${status ?? "absent"} ${formatDuration(elapsedMs)}${restartAwaited ? awaited : ""}`;
}

/** What {@link progressLine} wrote, to the second; `undefined` for any other text. An absent connector's status is `absent`. */
export function readProgressLine(text: string): (Progress & { readonly status: string }) | undefined {
  const restartAwaited = text.endsWith(awaited);
  const line = restartAwaited ? text.slice(0, -awaited.length) : text;
  const at = line.lastIndexOf(" ");
  const elapsedMs = parseDuration(line.slice(at + 1));
  if (at < 1 || elapsedMs === undefined) return undefined;
  return { status: line.slice(0, at), elapsedMs, restartAwaited };
}

/** `waiting for its turn: at most 5 restarts at once`. */
export function restartQueued(most: number): string {
  return `waiting for its turn: at most ${most} restart${most === 1 ? "s" : ""} at once`;
}
