import type { Clock } from "./clock.js";

/** The time limit of a whole operation, as opposed to the attempt timeout of one request. */
export class Budget {
  readonly #startedAt: number;

  constructor(
    private readonly clock: Clock,
    /** The limit in milliseconds. */
    readonly limitMs: number,
  ) {
    this.#startedAt = clock.now();
  }

  get elapsedMs(): number {
    return this.clock.now() - this.#startedAt;
  }

  get remainingMs(): number {
    return Math.max(0, this.limitMs - this.elapsedMs);
  }

  get spent(): boolean {
    return this.remainingMs === 0;
  }
}
