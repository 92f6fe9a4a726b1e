import type { Sighting } from "../model/sighting.js";
import type { StatusKind } from "../model/status.js";
import type { Durations } from "./durations.js";
import type { CallName } from "./outcome.js";

export interface TickLimits {
  /** Pause before the first look after a change of ours, while nothing is known of the service's pace. Milliseconds. */
  readonly firstTickMs: number;
  /** Longest pause between two looks. Milliseconds. */
  readonly maxTickMs: number;
}

/** Somebody who waits for the next sight of one connector. */
export interface Waiter {
  resolve(seen: Sighting | undefined): void;
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
  readonly waiters = new Set<Waiter>();
  /** When the look was asked for of which its waiters were told last. */
  #toldAt: number | undefined;
  #toldStatus: string | undefined;
  /** The last look that found it not there yet; when the call had ended, if none did. */
  #notYetAt: number;
  #inMotion = false;
  #arrived: boolean;

  constructor(
    readonly name: string,
    /** The call that it is to answer; `undefined`: none that tells how long it will take. */
    private readonly call: CallName | undefined,
    /** Clock time at which the call had ended. */
    readonly since: number,
    private readonly durations: Durations,
    private readonly limits: TickLimits,
  ) {
    this.#notYetAt = since;
    this.#arrived = call === undefined;
  }

  /** Clock time at which it is worth while to look: when it is expected to be there, and then the less often the later it is. */
  get dueAt(): number {
    const last = this.#toldAt ?? this.since;
    const expectedAt = this.since + Math.max(leastMs, this.#expected.ms);
    if (last < expectedAt) return Math.min(expectedAt, last + this.limits.maxTickMs);
    const late = Math.max(leastMs, this.#expected.ms / 16, last - expectedAt);
    return last + Math.min(this.limits.maxTickMs, late);
  }

  /** How long a look that is due may be put off, so that it answers others too: a part of how long all takes. Milliseconds. */
  patienceMs(part: number): number {
    return Math.min(mostPatienceMs, this.#expected.forMs * part);
  }

  /** Nobody has looked yet at the time at which it is expected. */
  get isFresh(): boolean {
    return this.#toldAt === undefined || this.#toldAt < this.since + this.#expected.ms;
  }

  /** It came to its end a while ago: whoever waits now waits for something else. */
  isOver(now: number): boolean {
    return this.#arrived && this.waiters.size === 0 && now - (this.#toldAt ?? this.since) > 1_000;
  }

  /** Learns from a look, asked for at `at`, how long the service takes. */
  observe(seen: Sighting | undefined, at: number): void {
    const { call, durations, since } = this;
    if (this.#arrived || call === undefined) return;
    if (seen?.kind === "transition") {
      if (!this.#inMotion) durations.untilMotion(call).add(this.#notYetAt - since, at - since);
      this.#inMotion = true;
    } else if (this.#inMotion || (seen?.kind ?? "absent") === ends[call]) {
      durations.untilRest(call).add(this.#notYetAt - since, at - since);
      this.#arrived = true;
      return;
    }
    durations.untilRest(call).underWay(at - since);
    this.#notYetAt = at;
  }

  /** Whether a sight is worth telling: another status than before, or a look that was due. */
  isNews(seen: Sighting | undefined, at: number): boolean {
    return this.#toldAt === undefined || seen?.status !== this.#toldStatus || this.dueAt <= at;
  }

  tell(seen: Sighting | undefined, at: number): void {
    this.#toldAt = at;
    this.#toldStatus = seen?.status;
    for (const waiter of [...this.waiters]) waiter.resolve(seen);
  }

  fail(error: unknown, at: number): void {
    this.#toldAt = at;
    for (const waiter of [...this.waiters]) waiter.reject(error);
  }

  /** After how long it is expected to be there, and for how long it may then be left waiting. Milliseconds. */
  get #expected(): { readonly ms: number; readonly forMs: number } {
    const { call, durations, since } = this;
    const rest = call === undefined ? undefined : durations.untilRest(call);
    // While nobody knows, the first of all is looked at again after a quarter of its age, and no other before it is as old.
    if (call === undefined || !rest?.isKnown)
      return this.#growing(Math.max(rest?.atLeastMs ?? 0, (this.#toldAt ?? since) - since));
    if (ends[call] !== undefined || this.#inMotion) return { ms: rest.ms, forMs: rest.ms };
    // What leads back to where it began must be seen on its way there.
    const motion = durations.untilMotion(call).ms;
    const way = rest.ms - motion;
    return { ms: motion + way / 5, forMs: (way * 3) / 5 };
  }

  #growing(ms: number): { readonly ms: number; readonly forMs: number } {
    const more = Math.max(this.limits.firstTickMs, ms / 4);
    return { ms: ms + more, forMs: more };
  }
}
