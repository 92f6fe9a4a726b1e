import type { Sighting } from "../model/sighting.js";
import type { Clock } from "../time/clock.js";
import type { CallOptions, ConnectorsClient } from "./client.js";
import { cancelled, RequestError } from "./outcome.js";
import { ListShare } from "./list-share.js";
import type { Listing } from "./replies.js";

interface Waiter {
  readonly name: string;
  resolve(seen: Sighting | undefined): void;
  reject(error: unknown): void;
}

export interface FeedSettings {
  /** Pause before the first look after a change of ours; it grows from there. Milliseconds. */
  readonly firstTickMs: number;
  readonly maxTickMs: number;
  /** From 0 to 1: spreads the looks of many processes. */
  readonly random: () => number;
  /** How old a list may be to answer one more look. Milliseconds. */
  readonly shareMs: number;
}

const defaults: FeedSettings = { firstTickMs: 250, maxTickMs: 5_000, shareMs: 1_000, random: Math.random };
const growth = 1.5;

/**
 * What the service says of its connectors, asked as seldom as possible: one list answers every look of a moment and every
 * waiter of a tick. No answer is older than the last change that this process made to that connector.
 */
export class StatusFeed {
  readonly #settings: FeedSettings;
  readonly #lists: ListShare;
  readonly #waiters = new Set<Waiter>();
  #ticking = false;
  #tickMs: number;
  #dueAt = 0;
  #wake = new AbortController();

  constructor(
    private readonly client: ConnectorsClient,
    private readonly clock: Clock,
    settings: Partial<FeedSettings> = {},
  ) {
    this.#settings = { ...defaults, ...settings };
    this.#lists = new ListShare(client, clock, this.#settings.shareMs);
    this.#tickMs = this.#settings.firstTickMs;
  }

  /** A change of ours: what was seen of this connector before no longer counts, and the next tick comes soon. */
  touch(name: string): void {
    this.#lists.outdate(name);
    this.#tickMs = this.#settings.firstTickMs;
    this.#dueAt = Math.min(this.#dueAt, this.clock.now() + this.#tickMs);
    this.#wake.abort();
  }

  /**
   * One look, now. `undefined`, i.e. gone, takes a 404 in JSON on the single read and absence in a well-formed list.
   *
   * @param options.fields plain storage fields that the caller needs: where the list lacks one, the single read is made.
   */
  async look(
    name: string,
    options: CallOptions & { readonly fields?: readonly string[] } = {},
  ): Promise<Sighting | undefined> {
    const listing = await this.#lists.get(name, options);
    const listed = listing?.sightings.get(name);
    if (listed && (options.fields ?? []).every((field) => listed.storage[field] !== undefined)) return listed;
    const seen = await this.client.get(name, options);
    if (seen) return seen;
    if (!listing) return undefined;
    if (listing.names.has(name)) throw contradiction();
    return undefined;
  }

  /** Whether a name is taken: a well-formed list decides alone. */
  async exists(name: string, options: CallOptions = {}): Promise<Sighting | undefined> {
    const listing = await this.#lists.get(name, options);
    if (!listing || listing.names.has(name)) return this.look(name, options);
    return undefined;
  }

  /** All connectors of the account, by one list; `undefined` where the service refuses to list: single looks must do. */
  all(options: CallOptions = {}): Promise<Listing | undefined> {
    return this.#lists.all(options);
  }

  /** The next tick's sight. `undefined`: absent there, which {@link look} must confirm. */
  next(name: string, options: CallOptions = {}): Promise<Sighting | undefined> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled("list"));
      const settle = () => {
        signal?.removeEventListener("abort", onAbort);
        this.#waiters.delete(waiter);
      };
      const onAbort = () => {
        waiter.reject(cancelled("list"));
        if (this.#waiters.size === 0) this.#wake.abort();
      };
      const waiter: Waiter = {
        name,
        resolve: (seen) => (settle(), resolve(seen)),
        reject: (error) => (settle(), reject(error as Error)),
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiters.add(waiter);
      if (!this.#ticking) void this.#tick();
    });
  }

  /** Goes on while somebody waits, and never overlaps itself. */
  async #tick(): Promise<void> {
    this.#ticking = true;
    while (this.#waiters.size > 0) {
      await this.#pause();
      if (this.#waiters.size > 0) await this.#serve();
    }
    this.#ticking = false;
  }

  /** Up to a tenth shorter or longer, so that many processes don't ask in step. A change of ours brings the end nearer, never further. */
  async #pause(): Promise<void> {
    this.#dueAt = this.clock.now() + this.#tickMs * (0.9 + this.#settings.random() / 5);
    while (this.#waiters.size > 0 && this.clock.now() < this.#dueAt) {
      this.#wake = new AbortController();
      await this.clock.sleep(this.#dueAt - this.clock.now(), this.#wake.signal).catch(() => undefined);
    }
    this.#tickMs = Math.min(this.#settings.maxTickMs, this.#tickMs * growth);
  }

  async #serve(): Promise<void> {
    const waiting = [...this.#waiters];
    try {
      const listing = await this.#lists.fresh();
      await Promise.all(
        waiting.map(async (waiter) => {
          if (listing && !this.#lists.isCurrent(waiter.name, listing)) return;
          const listed = listing?.sightings.get(waiter.name);
          if (listed) return waiter.resolve(listed);
          if (listing && !listing.names.has(waiter.name)) return waiter.resolve(undefined);
          await this.client.get(waiter.name).then(
            (seen) => waiter.resolve(seen),
            (error) => waiter.reject(error),
          );
        }),
      );
    } catch (error) {
      for (const waiter of waiting) waiter.reject(error);
    }
  }
}

function contradiction(): RequestError {
  return new RequestError("the service lists it, and answers 404 when asked for it alone", {
    call: "get",
    kind: "badReply",
    outcome: "refused",
    status: 404,
  });
}
