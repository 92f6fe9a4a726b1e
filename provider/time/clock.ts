import { setTimeout as sleep } from "node:timers/promises";

/** Time as the provider sees it. Monotonic, so that a stepped system clock moves no deadline. */
export interface Clock {
  /** Milliseconds since an arbitrary start. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Node fires a longer timer at once, and warns of a negative one. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    const until = performance.now() + ms;
    try {
      // Node's timers may fire a millisecond early, by this clock.
      for (let left = ms; ; left = until - performance.now()) {
        await sleep(Math.min(Math.max(0, Math.ceil(left)), longestTimerMs), undefined, signal ? { signal } : {});
        if (performance.now() >= until) return;
      }
    } catch (error) {
      // Node rejects with its own AbortError; callers want to know why they were aborted.
      if (signal?.aborted) throw signal.reason;
      throw error;
    }
  },
};
