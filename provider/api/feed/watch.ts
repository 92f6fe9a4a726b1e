import type { ObservedConnector } from "../../model/observed-connector.js";
import type { StatusKind } from "../../model/status.js";
import type { Duration, Durations } from "./durations.js";
import type { CallName } from "../outcome.js";

export interface TickLimits {
  /** Pause before the first look after a change of ours, while nothing is known of the service's pace. Milliseconds. */
  readonly firstTickMs: number;
  /** Longest pause between two looks. Milliseconds. */
  readonly maxTickMs: number;
}

/** Somebody who waits for the next sight of one connector. */
export interface Waiter {
  /** Clock time from which on any sight is worth telling. */
  readonly by: number;
  resolve(seen: ObservedConnector | undefined): void;
  reject(error: unknown): void;
}

/** Shortest pause before a look. Milliseconds. */
const leastMs = 10;
/** Longest time for which a look that is due waits for others to become due. Milliseconds. */
const mostPatienceMs = 2_500;

/** Where a call leads. What leads back to where it began (an edit restarts what is RUNNING) isn't there before it was in motion. */
const ends: Partial<Record<CallName, StatusKind | "absent">> = {
  create: "running",
  start: "running",
  stop: "stopped",
  fail: "failed",
  delete: "absent",
};

/** One connector that is waited for: what was asked of it, what was seen since, and when it is worth while to look again. */
export class Watch {
  readonly #waiters = new Set<Waiter>();
  /** The first time at which one of them has something to decide. */
  #by = Infinity;
  /** When the look was asked for of which its waiters were told last. */
  #toldAt: number | undefined;
  #toldStatus: string | undefined;
  /** The last look that found it not there yet; when the call had ended, if none did. */
  #notYetAt: number;
  #inMotion = false;
  #arrived: boolean;
  readonly #end: StatusKind | "absent" | undefined;
  readonly #untilRest: Duration | undefined;
  /** Only of what leads back to where it began, and must be seen on its way there. */
  readonly #untilMotion: Duration | undefined;

  constructor(
    readonly name: string,
    /** The call that it is to answer; `undefined`: none that tells how long it will take. */
    call: CallName | undefined,
    /** Clock time at which the call had ended. */
    readonly since: number,
    durations: Durations,
    private readonly limits: TickLimits,
  ) {
    this.#notYetAt = since;
    this.#arrived = call === undefined;
    if (call === undefined) return;
    this.#end = ends[call];
    this.#untilRest = durations.untilRest(call);
    if (this.#end === undefined) this.#untilMotion = durations.untilMotion(call);
  }

  get waiters(): ReadonlySet<Waiter> {
    return this.#waiters;
  }

  join(waiter: Waiter): void {
    this.#waiters.add(waiter);
    this.#by = Math.min(this.#by, waiter.by);
  }

  leave(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    this.#by = Math.min(Infinity, ...[...this.#waiters].map(({ by }) => by));
  }

  /** Clock time at which it is worth while to look: when it is expected to be there, and then the less often the later it is. */
  get dueAt(): number {
    const { since } = this;
    const last = this.#toldAt ?? since;
    const expected = Math.max(leastMs, this.#expectedMs());
    const pause = last < since + expected ? since + expected - last : Math.max(expected / 16, last - since - expected);
    return Math.min(this.#by, last + Math.min(this.limits.maxTickMs, Math.max(leastMs, pause)));
  }

  /**
   * Clock time until which a look that is due may be put off, so that it answers others too: in parts of how long all takes, and
   * never so long that whoever waits hears nothing for longer than the longest pause.
   */
  latestAt(parts: number): number {
    const all = Math.max(leastMs, this.#patienceMs());
    const patience = Math.min(mostPatienceMs, all * (this.#passesBy ? Math.min(1, parts) : parts));
    return Math.min(this.dueAt + patience, (this.#toldAt ?? this.since) + this.limits.maxTickMs);
  }

  /** What one look does for it: what must be seen on its way, too, takes two. */
  get share(): number {
    return this.#untilMotion ? 1 / 2 : 1;
  }

  /** Nobody has looked yet at the time at which it is expected. */
  get isFresh(): boolean {
    return this.#toldAt === undefined || this.#toldAt < this.since + this.#expectedMs();
  }

  /** It came to its end a while ago: whoever waits now waits for something else. */
  isOver(now: number): boolean {
    return this.#arrived && this.waiters.size === 0 && now - (this.#toldAt ?? this.since) > 1_000;
  }

  /** Learns from a look, asked for at `at`, how long the service takes. */
  observe(seen: ObservedConnector | undefined, at: number): void {
    if (this.#arrived) return;
    const least = this.#notYetAt - this.since;
    const most = at - this.since;
    if (seen?.kind === "transition") {
      if (!this.#inMotion) this.#untilMotion?.add(least, most);
      this.#inMotion = true;
    } else if (this.#inMotion || (seen?.kind ?? "absent") === this.#end) {
      this.#untilRest?.add(least, most);
      this.#arrived = true;
      return;
    }
    this.#untilRest?.underWay(most);
    this.#notYetAt = at;
  }

  /** Whether a sight is worth telling: another status than before, or a look that was due. */
  isNews(seen: ObservedConnector | undefined, at: number): boolean {
    return this.#toldAt === undefined || seen?.status !== this.#toldStatus || this.dueAt <= at;
  }

  tell(seen: ObservedConnector | undefined, at: number): void {
    this.#toldAt = at;
    this.#toldStatus = seen?.status;
    for (const waiter of this.waiters) waiter.resolve(seen);
  }

  fail(error: unknown, at: number): void {
    this.#toldAt = at;
    for (const waiter of this.waiters) waiter.reject(error);
  }

  /** After how long it is expected to be there. */
  #expectedMs(): number {
    if (!this.#untilRest?.isKnown) return this.#oldestMs() + this.#guessMs();
    if (!this.#passesBy || !this.#untilMotion) return this.#untilRest.ms;
    return this.#untilMotion.ms + (this.#untilRest.ms - this.#untilMotion.ms) / 5;
  }

  /** For how long it may then be left waiting: all of them, or as long as it is sure to be seen on its way. */
  #patienceMs(): number {
    if (!this.#untilRest?.isKnown) return this.#guessMs();
    if (!this.#passesBy || !this.#untilMotion) return this.#untilRest.ms;
    return ((this.#untilRest.ms - this.#untilMotion.ms) * 3) / 5;
  }

  /** Whether what it waits for is there for a while only. */
  get #passesBy(): boolean {
    return this.#untilMotion !== undefined && !this.#inMotion;
  }

  /** While nobody knows, the first of all is looked at again after a quarter of its age, and no other before it is as old. */
  #guessMs(): number {
    return Math.max(this.limits.firstTickMs, this.#oldestMs() / 4);
  }

  #oldestMs(): number {
    return Math.max(this.#untilRest?.atLeastMs ?? 0, (this.#toldAt ?? this.since) - this.since);
  }
}
