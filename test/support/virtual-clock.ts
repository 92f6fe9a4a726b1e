import { subscribe } from "node:diagnostics_channel";
// Loaded now, not at the first request: loading takes real time in which none is in flight.
import "../../provider/api/undici.js";
import type { Clock } from "../../provider/time/clock.js";

let inFlight = 0;
for (const [channel, step] of [
  ["undici:request:create", 1],
  ["undici:request:trailers", -1],
  ["undici:request:error", -1],
] as const)
  subscribe(channel, () => (inFlight += step));

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only while nobody has anything else to do: waits of minutes take no time, and requests are real. */
export class VirtualClock implements Clock {
  #now = 1_000_000;
  readonly #timers = new Set<Timer>();
  #running = false;

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#timers.delete(timer);
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) return reject(signal.reason as Error);
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#timers.add(timer);
      if (!this.#running) void this.#run();
    });

  /** Whenever nothing has moved for some turns, it is the time of the next timer. */
  async #run(): Promise<void> {
    this.#running = true;
    let quiet = 0;
    while (this.#timers.size > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = inFlight === 0 ? quiet + 1 : 0;
      if (quiet < 4) continue;
      quiet = 0;
      const next = [...this.#timers].reduce((first, timer) => (timer.at < first.at ? timer : first));
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#running = false;
  }
}
