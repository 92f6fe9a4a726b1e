import { formatDuration } from "../time/duration.js";

/** A live line's content. */
export interface Progress {
  /** The service's word; `undefined`: absent. */
  readonly status: string | undefined;
  readonly elapsedMs: number;
  /** An edit was sent, and the restart that proves it is still awaited. */
  readonly restartAwaited: boolean;
}

/** `STARTING 12s`; `RUNNING 3s, waiting for the restart`. For people: a pipeline reads the journal. */
export function progressLine({ status, elapsedMs, restartAwaited }: Progress): string {
  return `${status ?? "absent"} ${formatDuration(elapsedMs)}${restartAwaited ? ", waiting for the restart" : ""}`;
}

/** `waiting for its turn: at most 5 restarts at once`. */
export function restartQueued(most: number): string {
  return `waiting for its turn: at most ${most} restart${most === 1 ? "s" : ""} at once`;
}
