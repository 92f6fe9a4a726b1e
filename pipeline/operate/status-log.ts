import { formatDuration } from "../../provider/time/duration.js";
import type { Emit } from "../run/events.js";
import type { Moment } from "../run/report.js";

/** Milliseconds between two events of a status that doesn't change. */
const eventEveryMs = 5_000;

/** One connector's statuses over time: kept for the report and emitted as they come. */
export class StatusLog {
  readonly moments: Moment[] = [];
  #emittedAt = -Infinity;

  constructor(
    private readonly emit: Emit,
    private readonly key: string,
  ) {}

  /** `status`: the service's word; `undefined`: absent. */
  add(status: string | undefined, elapsedMs: number): void {
    const word = status ?? "absent";
    const changed = this.moments.at(-1)?.status !== word;
    if (!changed && elapsedMs - this.#emittedAt < eventEveryMs) return;
    this.#emittedAt = elapsedMs;
    if (changed) this.moments.push({ at: Date.now(), status: word });
    const elapsed = formatDuration(elapsedMs);
    this.emit({ type: "status", key: this.key, status: word, elapsed, restartAwaited: false });
  }
}
