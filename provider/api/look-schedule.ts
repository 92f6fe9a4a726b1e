import type { TickLimits, Watch } from "./watch.js";

/** After a list the service is left alone for as many times as long as that took: while changes keep coming, and when they don't. */
const restPerList = { flowing: 9, still: 1 };
/** Which part of the usual time a look that is due may be put off for others. */
const patiencePart = { flowing: 1, still: 1 / 8 };
/** With as many due a look costs each of them little enough. */
const enoughDue = 24;
/** Decisions are made at most this often, and less often for very many: each asks all of them. Milliseconds. */
const leastPauseMs = 10;
const pausePerWatchMs = 0.01;
/** As many pauses between changes as tell how they come. */
const mostGaps = 15;

/** When to look again, so that few lists answer everybody: who is due waits a while for those who soon will be, too. */
export class LookSchedule {
  #lookedAt = -Infinity;
  /** How long the last lists took, but for the first of all, which had to find its way to the service. */
  #took: number[] | undefined;
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
    this.#lookedAt = now;
    this.#took = this.#took ? [...this.#took.slice(-2), tookMs] : [];
  }

  /** Clock time of the next look, or of the next decision about it; now or earlier: look now. */
  nextAt(watches: ReadonlySet<Watch>, now: number): number {
    const pace = this.#paceAt(now);
    const part = patiencePart[pace];
    const notBefore = this.#lookedAt + Math.min(this.limits.maxTickMs, this.#usualListMs * restPerList[pace]);
    let due = 0;
    let fresh = 0;
    let latest = Infinity;
    let next = Infinity;
    for (const watch of watches) {
      const at = watch.dueAt;
      if (at > now) {
        next = Math.min(next, at);
        if (watch.isFresh) fresh += watch.share;
      } else {
        due += watch.share;
        latest = Math.min(latest, watch.latestAt(part));
      }
    }
    if (due === 0) return Math.max(next, notBefore);
    // Patience is for those who still may come, while they are many, and for a look that serves few.
    if (due >= 2 * fresh || due >= enoughDue || latest <= now) return notBefore;
    return Math.max(Math.min(latest, next), notBefore, now + Math.max(leastPauseMs, watches.size * pausePerWatchMs));
  }

  get #usualListMs(): number {
    return this.#took && this.#took.length > 0 ? Math.min(...this.#took) : 0;
  }

  /** Still: the engine has made all its changes, or has no place left for another before one of these is done. */
  #paceAt(now: number): "flowing" | "still" {
    return now - this.#changedAt > Math.max(leastPauseMs, this.#usualGapMs * 5) ? "still" : "flowing";
  }
}
