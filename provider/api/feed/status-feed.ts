import type { ObservedConnector } from "../../model/observed-connector.js";
import { orAborted } from "../../time/abortable.js";
import type { Clock } from "../../time/clock.js";
import type { CallOptions, ConnectorsClient } from "../client.js";
import { doubtOfAbsence } from "./absence.js";
import { Durations } from "./durations.js";
import { defaults, type FeedSettings, type LookOptions } from "./feed-settings.js";
import { SingleFlightList, type DatedListing } from "./single-flight-list.js";
import { PollSchedule } from "./poll-schedule.js";
import { cancelled, type CallName, type RequestError } from "../outcome.js";
import type { Listing } from "../replies.js";
import { Watch, type Waiter } from "./watch.js";
import { YoungLists } from "./young-lists.js";

/**
 * What the service says of its connectors, asked as seldom as possible: one list answers every look of a moment and every
 * waiter of a tick. No answer is older than the last change that this process made to that connector.
 */
export class StatusFeed {
  readonly #settings: FeedSettings;
  readonly #lists: SingleFlightList;
  readonly #young: YoungLists;
  readonly #schedule: PollSchedule;
  readonly #durations = new Durations();
  /** By name, for as long as the process lives: when each was last changed by us. */
  readonly #watches = new Map<string, Watch>();
  /** Those of them that somebody waits for. */
  readonly #waiting = new Set<Watch>();
  #lookedAt = -Infinity;
  #ticking = false;
  #wakeAt = -Infinity;
  #wake = new AbortController();

  constructor(
    private readonly client: ConnectorsClient,
    private readonly clock: Clock,
    settings: Partial<FeedSettings> = {},
  ) {
    this.#settings = { ...defaults, ...settings };
    this.#schedule = new PollSchedule(this.#settings);
    this.#lists = new SingleFlightList(client, clock, (dated, tookMs) => {
      this.#schedule.looked(clock.now(), tookMs);
      this.#serve(dated);
    });
    this.#young = new YoungLists(this.#lists, clock);
  }

  /**
   * A change of ours: what was seen of this connector before no longer counts.
   *
   * @param call what was asked for, where the service took it: how long it takes others tells when to look at this one
   */
  invalidate(name: string, call?: CallName): void {
    const before = this.#watches.get(name);
    const watch = this.#newWatch(name, call);
    this.#schedule.changed(this.clock.now());
    if (this.#schedule.isCrowded && this.client.queued === 0) this.#wake.abort(awake);
    for (const waiter of before?.waiters ?? []) this.#join(watch, waiter);
    if (before) this.#waiting.delete(before);
  }

  /**
   * One look, now. `undefined`, i.e. gone, takes a 404 in JSON on the single read and absence in a well-formed list. A list that
   * is refused to the token proves nothing, nor does an empty one of a connector that was known: both are errors.
   */
  async look(name: string, options: LookOptions = {}): Promise<ObservedConnector | undefined> {
    const { fields = [], alone = false, known, since } = options;
    const dated = await this.#recent(name, options);
    const notBefore = this.#countsFrom(name, since);
    const isOld = this.#isOld(dated, notBefore);
    const listed = isOld ? undefined : dated?.listing.observed(name);
    if (listed && !alone && fields.every((field) => listed.storage[field] !== undefined)) return listed;
    const seen = await this.client.get(name, { ...options, notBefore });
    if (seen) return seen;
    const about = { ...this.#settings, isOld, address: this.client.baseUrl };
    const doubt = doubtOfAbsence(name, dated ?? this.refusal, known, about);
    if (doubt) throw doubt;
    return undefined;
  }

  /** Whether a name is taken: a well-formed list decides alone. A name that is to be ours must be free since the caller began. */
  async exists(name: string, options: CallOptions & Pick<LookOptions, "since"> = {}) {
    const dated = await this.#recent(name, options);
    const isOld = this.#isOld(dated, this.#countsFrom(name, options.since));
    const free = dated && !isOld && !dated.listing.has(name);
    return free ? undefined : this.look(name, { ...options, known: false });
  }

  /** All connectors of the account, by one list that tells of every change of ours; `undefined` where the service refuses to list. */
  async all(options: CallOptions = {}): Promise<Listing | undefined> {
    return (await this.#recent(undefined, options))?.listing;
  }

  /** Why the service refuses to list, where it does. */
  get refusal(): RequestError | undefined {
    return this.#lists.refusal;
  }

  /**
   * The next sight that is worth a decision. `undefined`: absent from a list, which {@link look} must confirm.
   *
   * @param options.by clock time from which on any sight is worth one
   */
  next(
    name: string,
    options: CallOptions & { readonly by?: number | undefined } = {},
  ): Promise<ObservedConnector | undefined> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled("list"));
      const settle = () => {
        signal?.removeEventListener("abort", onAbort);
        this.#leave(name, waiter);
      };
      const onAbort = () => {
        waiter.reject(cancelled("list"));
        if (this.#waiting.size === 0) this.#wake.abort(awake);
      };
      const waiter: Waiter = {
        by: options.by ?? Infinity,
        resolve: (seen) => (settle(), resolve(seen)),
        reject: (error) => (settle(), reject(error as Error)),
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#join(this.#watchOf(name), waiter);
    });
  }

  /** @param name whose changes it must tell of. Default: all */
  async #recent(name: string | undefined, { signal, since }: LookOptions): Promise<DatedListing | undefined> {
    const now = this.clock.now();
    const { shareMs, burstMs } = this.#settings;
    const maxAge = now - this.#lookedAt <= shareMs ? burstMs : shareMs;
    this.#lookedAt = now;
    const names = name === undefined ? [...this.#watches.keys()] : [name];
    const notBefore = names.map((each) => this.#countsFrom(each, since));
    const dated = (since === undefined ? this.#lists : this.#young).since(Math.max(now - maxAge, ...notBefore));
    if (!signal) return dated;
    return orAborted(dated, signal).catch((error: unknown) =>
      Promise.reject(signal.aborted ? cancelled("list") : (error as Error)),
    );
  }

  /** Clock time of our own last change of it, or the caller's, whichever is later: nothing older says anything. */
  #countsFrom(name: string, since = -Infinity): number {
    return Math.max(since, this.#watches.get(name)?.since ?? -Infinity);
  }

  /** A cache's list, from before that time, or older than any list may be to answer a look. */
  #isOld(dated: DatedListing | undefined, notBefore: number): boolean {
    if (!dated || dated.listing.ageMs === 0) return false;
    return dated.asOf < Math.max(notBefore, dated.askedAt - this.#settings.burstMs);
  }

  #watchOf(name: string): Watch {
    const now = this.clock.now();
    const known = this.#watches.get(name);
    if (known && !known.isOver(now)) return known;
    return this.#newWatch(name);
  }

  #newWatch(name: string, call?: CallName): Watch {
    const watch = new Watch(name, call, this.clock.now(), this.#durations, this.#settings);
    this.#watches.set(name, watch);
    return watch;
  }

  #join(watch: Watch, waiter: Waiter): void {
    watch.join(waiter);
    this.#waiting.add(watch);
    if (!this.#ticking) void this.#tick();
    else if (!this.#schedule.isCrowded && watch.dueAt < this.#wakeAt) this.#wake.abort(awake);
  }

  #leave(name: string, waiter: Waiter): void {
    const watch = this.#watches.get(name);
    watch?.leave(waiter);
    if (watch?.waiters.size === 0) this.#waiting.delete(watch);
  }

  /** Goes on while somebody waits, and never overlaps itself. */
  async #tick(): Promise<void> {
    this.#ticking = true;
    while (this.#waiting.size > 0) {
      const now = this.clock.now();
      const at = this.#schedule.nextAt(this.#waiting, now, this.client.queued);
      if (at <= now) await this.#lookForAll(now);
      else await this.#pauseUntil(at, now);
    }
    this.#ticking = false;
  }

  /** Up to a tenth longer, so that many processes don't ask in step. */
  async #pauseUntil(at: number, now: number): Promise<void> {
    this.#wake = new AbortController();
    this.#wakeAt = at;
    const ms = (at - now) * (1 + this.#settings.random() / 10);
    await this.clock.sleep(ms, this.#wake.signal).catch(() => undefined);
    this.#wakeAt = -Infinity;
  }

  async #lookForAll(now: number): Promise<void> {
    try {
      const dated = await this.#lists.since(now);
      if (dated) this.#serve(dated);
      // Where there is no list, or none that tells a status, whoever is due is asked for alone.
      const alone = [...this.#waiting].filter((watch) => watch.dueAt <= now && isBlind(watch, dated));
      await Promise.all(alone.map((watch) => this.#lookAlone(watch)));
    } catch (error) {
      for (const watch of this.#waiting) watch.fail(error, now);
    }
  }

  async #lookAlone(watch: Watch): Promise<void> {
    const at = this.clock.now();
    const notBefore = Math.max(watch.since, at - freshMs);
    const seen = await this.client
      .get(watch.name, { notBefore })
      .catch((error: unknown) => (watch.fail(error, at), error as Error));
    if (seen instanceof Error) return;
    watch.observe(seen, at);
    watch.tell(seen, at);
  }

  /** Whoever waits learns from each list that comes, whoever asked for it. */
  #serve({ listing, askedAt, asOf }: DatedListing): void {
    if (listing.ageMs > freshMs) return;
    for (const watch of this.#waiting) {
      if (watch.since > asOf) continue;
      const seen = listing.observed(watch.name);
      if (!seen && listing.has(watch.name)) continue;
      watch.observe(seen, askedAt);
      if (watch.isNews(seen, askedAt)) watch.tell(seen, askedAt);
    }
  }
}

/** A wait is for what is true now: an older answer, of a cache, says nothing new. Milliseconds. */
const freshMs = 1_000;

const awake = new Error("there is something new to decide");

/** A list that doesn't tell this one's status, or tells of another time, says nothing of it. */
function isBlind({ name, since }: Watch, dated: DatedListing | undefined): boolean {
  if (!dated) return true;
  const { listing, asOf } = dated;
  const isOld = listing.ageMs > freshMs || (listing.ageMs > 0 && asOf < since);
  return isOld || (listing.has(name) && !listing.observed(name));
}
