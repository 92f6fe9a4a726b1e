import { onAbort } from "./abort.js";
import type { Clock } from "./clock.js";

/** The time limit of a whole operation, as opposed to the attempt timeout of one request. */
export class Budget {
  readonly #startedAt: number;

  constructor(
    private readonly clock: Clock,
    /** The limit in milliseconds. */
    readonly limitMs: number,
  ) {
    this.#startedAt = clock.now();
  }

  /** In whole milliseconds. */
  get elapsedMs(): number {
    return Math.round(this.clock.now() - this.#startedAt);
  }

  get remainingMs(): number {
    return Math.max(0, this.limitMs - this.elapsedMs);
  }

  get spent(): boolean {
    return this.remainingMs === 0;
  }

  /** A signal that aborts when the caller's does, or once the budget is spent. End it, or its timer stays. */
  deadline(caller: AbortSignal): Deadline {
    const stop = new AbortController();
    const forget = onAbort(caller, () => stop.abort(caller.reason));
    this.clock.sleep(this.remainingMs, stop.signal).then(
      () => stop.abort(spent),
      () => undefined,
    );
    const end = () => {
      forget();
      stop.abort(ended);
    };
    return { signal: stop.signal, end };
  }
}

export interface Deadline {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

// Made once: an error of its own for every operation costs a stack each.
const spent = new Error("the budget is spent");
const ended = new Error("the operation has ended");
