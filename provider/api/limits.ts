/** Lets at most `most` tasks run at once, in the order in which they came; the time in the queue counts against no request. */
export class Limiter {
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.most) this.#running++;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#queue.shift();
      // The place is handed over, so that nobody slips in between.
      if (next) next();
      else this.#running--;
    }
  }
}
