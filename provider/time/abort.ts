const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `listener` once the signal aborts, at once if it has. For signals that thousands of operations share: an EventTarget
 * compares each new listener with all that it has.
 *
 * @returns what takes the listener away again
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener();
    return () => {};
  }
  const known = listeners.get(signal);
  const all = known ?? new Set();
  if (!known) {
    listeners.set(signal, all);
    signal.addEventListener("abort", () => [...all].forEach((each) => each()), { once: true });
  }
  all.add(listener);
  return () => all.delete(listener);
}
