import { orAborted } from "../time/abortable.js";
import type { Clock } from "../time/clock.js";
import type { CallOptions, ConnectorsClient } from "./client.js";
import { cancelled, isRequestError } from "./outcome.js";
import type { Listing } from "./replies.js";

/** A list, and when it was asked for: it tells of nothing later. */
export interface DatedListing extends Listing {
  readonly askedAt: number;
}

interface UnderWay {
  readonly askedAt: number;
  readonly listing: Promise<DatedListing | undefined>;
}

/** One list for everybody who asks at about the same time. `undefined` where the service refuses to list: single reads must do. */
export class ListShare {
  #underWay: UnderWay | undefined;
  #latest: DatedListing | undefined;
  #refused = false;
  readonly #changedAt = new Map<string, number>();

  constructor(
    private readonly client: ConnectorsClient,
    private readonly clock: Clock,
    private readonly shareMs: number,
  ) {}

  outdate(name: string): void {
    this.#changedAt.set(name, this.clock.now());
  }

  isCurrent(name: string, listing: { readonly askedAt: number }): boolean {
    return listing.askedAt >= (this.#changedAt.get(name) ?? -Infinity);
  }

  /** A list that is at most `shareMs` old and tells of every change that we made to this connector. */
  get(name: string, options: CallOptions): Promise<DatedListing | undefined> {
    return this.#shared((listing) => this.isCurrent(name, listing), options);
  }

  /** A list that is at most `shareMs` old and tells of every change that we made. */
  all(options: CallOptions): Promise<DatedListing | undefined> {
    return this.#shared(
      (listing) => [...this.#changedAt.keys()].every((name) => this.isCurrent(name, listing)),
      options,
    );
  }

  async #shared(
    isCurrent: (listing: { readonly askedAt: number }) => boolean,
    { signal }: CallOptions,
  ): Promise<DatedListing | undefined> {
    const latest = this.#latest;
    if (latest && isCurrent(latest) && this.clock.now() - latest.askedAt <= this.shareMs) return latest;
    const underWay = this.#underWay;
    const listing = underWay && isCurrent(underWay) ? underWay.listing : this.fresh();
    if (!signal) return listing;
    return orAborted(listing, signal).catch((error: unknown) =>
      Promise.reject(signal.aborted ? cancelled("list") : (error as Error)),
    );
  }

  /** A list asked for now. It serves several at once, so that no single caller's cancel ends it. */
  fresh(): Promise<DatedListing | undefined> {
    if (this.#refused) return Promise.resolve(undefined);
    const askedAt = this.clock.now();
    const underWay: UnderWay = {
      askedAt,
      listing: this.#ask(askedAt).finally(() => {
        if (this.#underWay === underWay) this.#underWay = undefined;
      }),
    };
    this.#underWay = underWay;
    return underWay.listing;
  }

  async #ask(askedAt: number): Promise<DatedListing | undefined> {
    try {
      return (this.#latest = { ...(await this.client.list()), askedAt });
    } catch (error) {
      // 405: this service doesn't list. A 403 may be the token, which single reads will tell. A 404 is neither: the list is
      // specified, so the address is wrong, and every single read would say "gone".
      const refused =
        isRequestError(error) && (error.status === 403 || error.status === 405 || error.kind === "tooLarge");
      if (!refused) throw error;
      this.#refused = true;
      return undefined;
    }
  }
}
