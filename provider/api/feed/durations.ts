import type { CallName } from "../outcome.js";

/** As many as make a median steady, and few enough to follow a service that becomes slower. */
const mostSamples = 15;

/** How long the service has taken in this run for one kind of call, as far as looks could tell. Milliseconds. */
export class Duration {
  readonly #samples: number[] = [];
  /** The median of the last samples; 0 while there is none. */
  ms = 0;
  /** It takes longer than this: of use while none has come to its end yet. */
  atLeastMs = 0;

  get isKnown(): boolean {
    return this.#samples.length > 0;
  }

  /**
   * It took longer than `least`, and no longer than `most`: looks tell no more. Taken for what differs least from what is
   * expected, but a little shorter, so that an expectation that always was long enough shrinks until it no longer is.
   */
  add(least: number, most: number): void {
    const middle = (least + most) / 2;
    const sample = this.isKnown ? Math.min(most, Math.max(middle, this.ms * 0.97)) : middle;
    if (this.#samples.push(sample) > mostSamples) this.#samples.shift();
    this.ms = this.#samples.toSorted((a, b) => a - b)[this.#samples.length >> 1] ?? 0;
  }

  underWay(ms: number): void {
    this.atLeastMs = Math.max(this.atLeastMs, ms);
  }
}

/** What is known of the service's pace: how long after a call it leaves its rest, and comes to rest again. */
export class Durations {
  readonly #untilRest = new Map<CallName, Duration>();
  readonly #untilMotion = new Map<CallName, Duration>();

  untilRest(call: CallName): Duration {
    return durationIn(this.#untilRest, call);
  }

  untilMotion(call: CallName): Duration {
    return durationIn(this.#untilMotion, call);
  }
}

function durationIn(all: Map<CallName, Duration>, call: CallName): Duration {
  const known = all.get(call) ?? new Duration();
  all.set(call, known);
  return known;
}
