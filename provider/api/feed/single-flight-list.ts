import type { Clock } from "../../time/clock.js";
import type { ConnectorsClient } from "../client.js";
import { isRequestError, type RequestError } from "../outcome.js";
import type { Listing } from "../replies.js";

/** A list, and when it was asked for: it tells of nothing later, and of an earlier time where a cache answered. */
export interface DatedListing {
  readonly askedAt: number;
  /** What it tells of. */
  readonly asOf: number;
  readonly listing: Listing;
}

type Asked = Promise<DatedListing | undefined>;

/** One list for everybody who asks at about the same time, and never two at once. `undefined` where the service refuses to list. */
export class SingleFlightList {
  #underWay: { readonly askedAt: number; readonly answer: Asked } | undefined;
  /** Asked for as soon as the one under way is there. */
  #following: Asked | undefined;
  #latest: DatedListing | undefined;
  #refusal: RequestError | undefined;

  constructor(
    private readonly client: ConnectorsClient,
    private readonly clock: Clock,
    /** Told of each list that comes, and how long it took in milliseconds. */
    private readonly onListing: (dated: DatedListing, tookMs: number) => void = () => {},
  ) {}

  /** The service's refusal to list, after which single reads must do. */
  get refusal(): RequestError | undefined {
    return this.#refusal;
  }

  /** Clock time at which the last one was asked for. */
  get askedAt(): number {
    return Math.max(this.#latest?.askedAt ?? -Infinity, this.#underWay?.askedAt ?? -Infinity);
  }

  /** A list that was asked for at `notBefore` or later. It serves several, so that no single caller's cancel ends it. */
  since(notBefore: number): Asked {
    if (this.#refusal) return Promise.resolve(undefined);
    const latest = this.#latest;
    if (latest && latest.askedAt >= notBefore) return Promise.resolve(latest);
    const underWay = this.#underWay;
    if (!underWay) return this.#ask();
    if (underWay.askedAt >= notBefore) return underWay.answer;
    const now = this.clock.now();
    return (this.#following ??= underWay.answer
      .catch(() => undefined)
      .then(() => {
        this.#following = undefined;
        return this.since(now);
      }));
  }

  #ask(): Asked {
    const askedAt = this.clock.now();
    const answer = this.#list(askedAt).finally(() => {
      this.#underWay = undefined;
    });
    this.#underWay = { askedAt, answer };
    return answer;
  }

  async #list(askedAt: number): Asked {
    try {
      const listing = await this.client.list();
      const asOf = listing.ageMs > 0 ? Math.min(askedAt, this.clock.now() - listing.ageMs) : askedAt;
      const dated = { listing, askedAt, asOf };
      this.#latest = dated;
      this.onListing(dated, this.clock.now() - askedAt);
      return dated;
    } catch (error) {
      // 405: this service doesn't list. A 403 may be the token, which single reads will tell. A 404 is neither: the list is
      // specified, so the address is wrong, and every single read would say "gone".
      const refused =
        isRequestError(error) && (error.status === 403 || error.status === 405 || error.kind === "tooLarge");
      if (!refused) throw error;
      this.#refusal = error;
      return undefined;
    }
  }
}
