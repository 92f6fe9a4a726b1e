import type { Clock } from "../time/clock.js";

/** Requests in flight at most, of each account and process, by default. */
export const defaultMaxConcurrency = 8;

/** Lets at most `most` tasks run at once: urgent ones first, each kind in the order in which it came. The time in the queue counts against no request. */
export class Semaphore {
  #running = 0;
  readonly #urgent: (() => void)[] = [];
  readonly #others: (() => void)[] = [];

  constructor(readonly most: number) {}

  /** Whether the next task must wait. */
  get full(): boolean {
    return this.#running >= this.most;
  }

  /** How many tasks wait. */
  get queued(): number {
    return this.#urgent.length + this.#others.length;
  }

  async run<T>(task: () => Promise<T>, { urgent = false } = {}): Promise<T> {
    if (!this.full) this.#running++;
    else await new Promise<void>((resolve) => (urgent ? this.#urgent : this.#others).push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#urgent.shift() ?? this.#others.shift();
      // The place is handed over, so that no newcomer takes it.
      if (next) next();
      else this.#running--;
    }
  }
}

/**
 * Spaces requests evenly where a rate is set, with never more than that in any second, and delays all of them once the service
 * has asked one to wait.
 */
export class RateLimiter {
  #nextAt = -Infinity;
  #heldUntil = -Infinity;
  /** When the latest requests were released, as many as a second may hold. */
  readonly #recent: number[] = [];

  constructor(
    private readonly clock: Clock,
    /** Requests a second at most. Default: unlimited. */
    private readonly perSecond: number | undefined,
  ) {}

  /** Resolves when the next request may be sent; rejects with the signal's reason. */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.perSecond !== undefined) {
      const at = Math.max(this.clock.now(), this.#nextAt);
      this.#nextAt = at + 1_000 / this.perSecond;
      await this.#until(at, signal);
    }
    // Both may have grown while it waited.
    while (this.#clearAt() > this.clock.now()) await this.#until(this.#clearAt(), signal);
    this.#recent.push(this.clock.now());
    if (this.#recent.length > (this.perSecond ?? 0)) this.#recent.shift();
  }

  /** When the next request may go: a timer that fires late must not release more at once than a second may hold. */
  #clearAt(): number {
    const first = this.#recent.length === this.perSecond ? (this.#recent[0] ?? -Infinity) : -Infinity;
    return Math.max(this.#heldUntil, first + 1_000);
  }

  /** How long every request must still wait because the service has asked one to. */
  get heldMs(): number {
    return Math.max(0, this.#heldUntil - this.clock.now());
  }

  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.clock.now() + ms);
  }

  async #until(at: number, signal: AbortSignal | undefined): Promise<void> {
    const ms = at - this.clock.now();
    if (ms > 0) await this.clock.sleep(ms, signal);
  }
}
