import type { Clock } from "../../time/clock.js";
import type { DatedListing, SingleFlightList } from "./single-flight-list.js";

/** As many are asked for at once: nobody waits where little is made. */
const freeLists = 5;
/** By so much longer each later one waits, so that it answers more of those who need one; milliseconds. */
const addedPauseMs = 100;
const longestPauseMs = 1_000;

/**
 * Lists for those who need one that is younger than themselves: a name is free only if it was since they began. Where many come
 * one after the other, they are gathered for a while, so that one list answers all who have come until then.
 */
export class YoungLists {
  #asked = 0;
  #gathering: Promise<void> | undefined;

  constructor(
    private readonly lists: SingleFlightList,
    private readonly clock: Clock,
  ) {}

  /** A list that was asked for at `notBefore` or later; `undefined` where the service refuses to list. */
  async since(notBefore: number): Promise<DatedListing | undefined> {
    const { lists, clock } = this;
    if (lists.askedAt < notBefore) {
      const pauseMs = Math.min(longestPauseMs, Math.max(0, this.#asked - freeLists) * addedPauseMs);
      const waitMs = lists.askedAt + pauseMs - clock.now();
      if (waitMs > 0) await (this.#gathering ??= this.#gather(waitMs));
    }
    if (lists.askedAt < notBefore) this.#asked++;
    return lists.since(notBefore);
  }

  async #gather(ms: number): Promise<void> {
    await this.clock.sleep(ms);
    this.#gathering = undefined;
  }
}
