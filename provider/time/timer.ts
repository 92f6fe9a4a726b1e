/** Node fires a longer timer at once (observed). */
const longestMs = 2 ** 31 - 1;

/**
 * Calls `listener` once, after `ms` milliseconds, however many.
 *
 * @returns what keeps it from being called
 */
export function after(ms: number, listener: () => void): () => void {
  const until = performance.now() + ms;
  let timer: NodeJS.Timeout;
  const arm = (left: number) => {
    timer = setTimeout(onTime, Math.min(Math.max(0, Math.ceil(left)), longestMs));
  };
  const onTime = () => {
    // Node's timers may fire a millisecond early, by this clock.
    const left = until - performance.now();
    if (left > 0) arm(left);
    else listener();
  };
  arm(ms);
  return () => clearTimeout(timer);
}
