import type { Progress } from "../lifecycle/operate.js";
import { formatDuration } from "../time/duration.js";

/** `STARTING 12s`; `RUNNING 3s, waiting for the restart`. */
export function progressLine({ status, elapsedMs, restartAwaited }: Progress): string {
  const line = `${status ?? "absent"} ${formatDuration(elapsedMs)}`;
  return restartAwaited ? `${line}, waiting for the restart` : line;
}

/** `waiting for its turn: 5 restart at once at most`. */
export function restartQueued(most: number): string {
  return `waiting for its turn: ${most} restart${most === 1 ? "s" : ""} at once at most`;
}
