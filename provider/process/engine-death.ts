import { fstatSync } from "node:fs";

/** How long a provider whose engine has died may take to end what is in flight; it is to be gone within 2 s, on a busy machine too. */
const graceMs = 1_000;

/** Aborts, and ends the process soon after, when the engine dies: it takes the other end of this process's stdin with it (observed). */
export function endWithEngine(abort: (reason: Error) => void): void {
  if (!stdinIsPipe()) return;
  process.stdin.once("end", () => {
    abort(new Error("the engine died"));
    setTimeout(() => process.exit(1), graceMs);
  });
  process.stdin.resume();
  process.stdin.unref();
}

/** Only a pipe that the engine holds open tells of its death; a file or terminal ends for other reasons. */
function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
