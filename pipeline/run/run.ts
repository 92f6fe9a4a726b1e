import type { Emit, PipelineEvent } from "./events.js";

/**
 * A running command. Await it for its result, or iterate over it for its events, from the first one on.
 *
 * ```ts
 * const run = up({ source: { manifest: "connectors.yaml" }, stack: "prod" });
 * for await (const event of run) console.log(event);
 * const report = await run;
 * ```
 */
export class Run<T> implements PromiseLike<T>, AsyncIterable<PipelineEvent> {
  readonly #events: PipelineEvent[] = [];
  readonly #result: Promise<T>;
  #ended = false;
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  /** @internal */
  constructor(work: (emit: Emit) => Promise<T>) {
    const emit: Emit = (event) => {
      this.#events.push({ at: Date.now(), ...event });
      this.#stir();
    };
    this.#result = work(emit).finally(() => {
      this.#ended = true;
      this.#stir();
    });
    // A caller who only iterates sees the iteration end; one who awaits gets the error.
    this.#result.catch(() => undefined);
  }

  // eslint-disable-next-line unicorn/no-thenable -- being awaited is what a run is for
  then<A = T, B = never>(
    onDone?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#result.then(onDone, onError);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<PipelineEvent> {
    for (let next = 0; ;) {
      const event = this.#events[next];
      if (event) {
        next++;
        yield event;
      } else if (this.#ended) {
        return;
      } else await this.#wake.promise;
    }
  }

  #stir(): void {
    const { resolve } = this.#wake;
    this.#wake = Promise.withResolvers();
    resolve();
  }
}
