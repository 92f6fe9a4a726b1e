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
  // Of one's own: the one of node:timers/promises makes an error with a stack for every pause that is cut short.
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const until = performance.now() + ms;
      let timer: NodeJS.Timeout;
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const arm = (left: number) => {
        timer = setTimeout(onTime, Math.min(Math.max(0, Math.ceil(left)), longestTimerMs));
      };
      const onTime = () => {
        // Node's timers may fire a millisecond early, by this clock.
        const left = until - performance.now();
        if (left > 0) return arm(left);
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      arm(ms);
    }),
};
