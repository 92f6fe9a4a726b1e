import { setTimeout as sleep } from "node:timers/promises";

/** Time as the provider sees it. Monotonic, so that a stepped system clock moves no deadline. */
export interface Clock {
  /** Milliseconds since an arbitrary start. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node rejects with its own AbortError; callers want to know why they were aborted.
      if (signal?.aborted) throw signal.reason;
      throw error;
    }
  },
};
