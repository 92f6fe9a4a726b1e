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
    try {
      await sleep(Math.min(Math.max(0, ms), longestTimerMs), undefined, signal ? { signal } : {});
    } catch (error) {
      // Node rejects with its own AbortError; callers want to know why they were aborted.
      if (signal?.aborted) throw signal.reason;
      throw error;
    }
  },
};
