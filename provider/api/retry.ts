import { isRead, type CallName, type RequestError } from "./outcome.js";

/** How often one request is sent at most. */
const mostAttempts = 5;
const baseMs = 250;
const capMs = 20_000;
/** How long a request may go on, repetitions included, where no operation's time limit holds for it: looks that serve several. */
export const longestLookMs = 5 * 60_000;

/**
 * How long to wait before the same request is sent again, in milliseconds; `undefined`: not again. Pure.
 *
 * A request that changes something is repeated only when it provably had no effect: it was never sent, or the service turned
 * it away for the moment. A read is repeated whenever a later answer may be another. What the service asks to wait is waited,
 * never shorter and at most a tenth longer, as often as it asks, while it fits what remains; otherwise the request ends at once.
 */
export function repeatAfter(
  call: CallName,
  error: RequestError,
  attempts: number,
  limits: { readonly remainingMs: number; readonly random: number },
): number | undefined {
  if (attempts >= attemptsFor(error) || !isRepeatable(call, error)) return undefined;
  const askedMs = askedWaitOf(error);
  const delay =
    askedMs === undefined
      ? limits.random * Math.min(capMs, baseMs * 2 ** attempts)
      : askedMs * (1 + limits.random / 10);
  return delay < limits.remainingMs ? delay : undefined;
}

/** How long the service asks to wait, in milliseconds; "0" asks for nothing, and must not make a loop without a pause. */
export function askedWaitOf({ outcome, retryAfterMs: ms }: RequestError): number | undefined {
  return outcome === "throttled" && ms !== undefined && ms > 0 ? ms : undefined;
}

const mostTokens = 100;

/**
 * What repetitions may cost, shared by every request of the process: each costs 5 tokens of 100, after a timeout 10, and each
 * answer earns one back. While a service is down, its load is thus not multiplied: requests are soon sent once only.
 * A repetition that the service itself asked for (Retry-After) is free.
 */
export class RetryBudget {
  #tokens = mostTokens;

  spend(error: RequestError): boolean {
    if (askedWaitOf(error) !== undefined) return true;
    const cost = error.kind === "timeout" ? 10 : 5;
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  earn(): void {
    this.#tokens = Math.min(mostTokens, this.#tokens + 1);
  }
}

function isRepeatable(call: CallName, { outcome, kind }: RequestError): boolean {
  if (kind === "tls" || kind === "proxy" || kind === "cancelled") return false;
  if (outcome === "neverSent" || outcome === "throttled") return true;
  return isRead(call) && outcome === "unknown";
}

/** A name that doesn't resolve now seldom does a second later; a service that asks to come back later is obeyed. */
function attemptsFor(error: RequestError): number {
  if (askedWaitOf(error) !== undefined) return Infinity;
  return error.kind === "dns" ? 2 : mostAttempts;
}

/** `Retry-After` in milliseconds: seconds, or a date measured against the answer's own clock. */
export function retryAfterMs(header: string | undefined, date: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const until = Date.parse(header);
  const now = date === undefined ? Date.now() : Date.parse(date);
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(0, until - now);
}
