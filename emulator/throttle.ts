/** Counts requests by the second. */
export class Throttle {
  #since = 0;
  #count = 0;

  constructor(
    /** Requests a second at most. */
    private readonly most: number,
  ) {}

  isTooMany(): boolean {
    const now = performance.now();
    if (now - this.#since >= 1_000) [this.#since, this.#count] = [now, 0];
    return ++this.#count > this.most;
  }
}
