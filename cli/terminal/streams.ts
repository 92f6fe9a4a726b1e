const gone = new AbortController();

/** Aborts once nobody can read stdout any more. */
export const stdoutGone: AbortSignal = gone.signal;

/**
 * Drops what is written to stdout or stderr once its reader has gone away (`| head`, a closed terminal, a full disk); nothing
 * else changes. Call it before anything is written. Without a listener Node throws in the middle of a run, and Pulumi's handler
 * of uncaught exceptions then writes that error to the stream that is gone, for ever (observed).
 */
export function outliveReaders(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
    if (gone.signal.aborted) return;
    gone.abort();
    // EPIPE and EIO: a reader that has seen enough, and a terminal that was closed. Anything else lost what was to be kept.
    if (code !== "EPIPE" && code !== "EIO")
      process.stderr.write(`warning: The result could not be written to stdout (${code}).\n`);
  });
}
