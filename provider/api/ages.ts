import { formatDuration } from "../time/duration.js";
import { RequestError, type CallName } from "./outcome.js";
import type { Reply } from "./transport.js";

/** An answer, and how old it is: 0 unless a cache answered. */
export interface DatedReply extends Reply {
  /** Milliseconds, at least. */
  readonly ageMs: number;
}

/** Shorter than this, the same Date is no sign of a copy: it counts whole seconds. Milliseconds. */
const slackMs = 2_000;

/**
 * How old answers to reads are, by their own words: an `Age`, which caches must send; and a `Date` that was there before, for
 * those which don't. Two machines' clocks are never compared.
 */
export class Ages {
  readonly #seen = new Map<string, { readonly date: string; readonly at: number }>();

  /** @param askedAt and `now`: of one steady clock, in milliseconds */
  dated(path: string, reply: Reply, askedAt: number, now: number): DatedReply {
    const date = reply.header("date");
    const before = this.#seen.get(path);
    const isCopy = before !== undefined && before.date === date;
    if (!isCopy && date !== undefined) this.#seen.set(path, { date, at: now });
    const copiedMs = isCopy && askedAt - before.at > slackMs ? now - before.at : 0;
    return { ...reply, ageMs: Math.max(copiedMs, ageIn(reply.header("age"))) };
  }
}

/** `Age` in milliseconds: whole seconds (RFC 9111). */
function ageIn(header: string | undefined): number {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : 0;
}

export function stale(call: CallName, ageMs: number): RequestError {
  const about = { call, kind: "stale", outcome: "unknown" } as const;
  return new RequestError(
    `a cache answered instead of the service, with data from ${formatDuration(ageMs)} ago`,
    about,
  );
}
