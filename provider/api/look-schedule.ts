import type { TickLimits, Watch } from "./watch.js";

/** Lists take at most every fifth moment of the service's time. */
const restPerList = 4;
/** Decisions are made at most this often. Milliseconds. */
const leastPauseMs = 10;
/** As many pauses between changes as tell how they come. */
const mostGaps = 15;

/** When to look again, so that few lists answer everybody: who is due waits a while for those who soon will be, too. */
export class LookSchedule {
  #notBefore = -Infinity;
  #changedAt = -Infinity;
  readonly #gaps: number[] = [];
  #usualGapMs = 0;

  constructor(private readonly limits: TickLimits) {}

  /** A change of ours was made. */
  changed(now: number): void {
    if (this.#gaps.push(now - this.#changedAt) > mostGaps) this.#gaps.shift();
    this.#usualGapMs = this.#gaps.toSorted((a, b) => a - b)[this.#gaps.length >> 1] ?? 0;
    this.#changedAt = now;
  }

  /** A list has come. */
  looked(now: number, tookMs: number): void {
    this.#notBefore = now + Math.min(this.limits.maxTickMs, tookMs * restPerList);
  }

  /** Clock time of the next look, or of the next decision about it; now or earlier: look now. */
  nextAt(watches: ReadonlySet<Watch>, now: number): number {
    // No more changes come: the engine has made all of them, or has no place left for another before one of these is done.
    const part = now - this.#changedAt > Math.max(leastPauseMs, this.#usualGapMs * 5) ? 1 / 8 : 1;
    let due = 0;
    let fresh = 0;
    let latest = Infinity;
    let next = Infinity;
    for (const watch of watches) {
      const at = watch.dueAt;
      if (at > now) {
        next = Math.min(next, at);
        if (watch.isFresh) fresh++;
      } else {
        due++;
        latest = Math.min(latest, at + watch.patienceMs(part));
      }
    }
    if (due === 0) return Math.max(next, this.#notBefore);
    // Patience is for the many who still may come.
    if (due >= 2 * fresh || latest <= now) return this.#notBefore;
    return Math.max(Math.min(latest, next), this.#notBefore, now + leastPauseMs);
  }
}
