/** A signal that aborts on SIGINT, SIGTERM and SIGHUP; the process stays alive to finish its work. */
export function onInterrupt(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error("interrupted"));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, abort);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of signals) process.removeListener(name, abort);
    },
  };
}
