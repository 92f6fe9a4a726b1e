import type { TickLimits, Watch } from "./watch.js";

/**
 * How changes of ours come. `crowded`: more than may be sent at once, so that a look would only keep them waiting, and free no
 * place that anybody needs. `flowing`: one after the other. `still`: the engine has made all of them, or has no place left for
 * another before one of these is done.
 */
type Pace = "crowded" | "flowing" | "still";

/** After a list the service is left alone for as many times as long as that took. */
const restPerList: Record<Pace, number> = { crowded: 9, flowing: 9, still: 1 };
/** How long a look that is due may be put off for others, in parts of how long all takes. */
const patienceParts: Record<Pace, number> = { crowded: Infinity, flowing: 1, still: 1 / 8 };
/** With as many due a look costs each of them little enough. */
const enoughDue = 24;
/** Decisions are made at most this often, and less often for very many: each asks all of them. Milliseconds. */
const leastPauseMs = 10;
const pausePerWatchMs = 0.1;
const longestPauseMs = 1_000;
/** As many pauses between changes as tell how they come. */
const mostGaps = 15;

/** When to look again, so that few lists answer everybody: who is due waits a while for those who soon will be, too. */
export class PollSchedule {
  #lookedAt = -Infinity;
  /** How long the last lists took, but for the first of all, which had to find its way to the service. */
  #took: number[] | undefined;
  #changedAt = -Infinity;
  readonly #gaps: number[] = [];
  #usualGapMs = 0;
  #crowded = false;

  constructor(private readonly limits: TickLimits) {}

  /** A change of ours was made. */
  changed(now: number): void {
    if (this.#gaps.push(now - this.#changedAt) > mostGaps) this.#gaps.shift();
    this.#usualGapMs = this.#gaps.toSorted((a, b) => a - b)[this.#gaps.length >> 1] ?? 0;
    this.#changedAt = now;
  }

  /** Whether the last decision was to wait until no more requests queue. */
  get isCrowded(): boolean {
    return this.#crowded;
  }

  /** A list has come. */
  looked(now: number, tookMs: number): void {
    this.#lookedAt = now;
    this.#took = this.#took ? [...this.#took.slice(-2), tookMs] : [];
  }

  /**
   * Clock time of the next look, or of the next decision about it; now or earlier: look now.
   *
   * @param queued requests that wait for their turn
   */
  nextAt(watches: ReadonlySet<Watch>, now: number, queued: number): number {
    this.#crowded = queued > 0;
    const pace = this.#crowded ? "crowded" : this.#paceAt(now);
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
        latest = Math.min(latest, watch.latestAt(patienceParts[pace]));
      }
    }
    if (due === 0) return Math.max(next, notBefore);
    // Patience is for those who still may come, while they are many, and for a look that serves few.
    const worthWhile = pace !== "crowded" && (due >= 2 * fresh || due >= enoughDue);
    if (worthWhile || latest <= now) return notBefore;
    const pause = Math.min(longestPauseMs, Math.max(leastPauseMs, watches.size * pausePerWatchMs));
    if (pace === "crowded") return Math.max(notBefore, Math.min(latest, now + pause));
    return Math.max(Math.min(latest, next), notBefore, now + pause);
  }

  get #usualListMs(): number {
    return this.#took && this.#took.length > 0 ? Math.min(...this.#took) : 0;
  }

  #paceAt(now: number): Pace {
    return now - this.#changedAt > Math.max(leastPauseMs, this.#usualGapMs * 5) ? "still" : "flowing";
  }
}
