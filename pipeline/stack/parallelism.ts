import { defaultMaxConcurrency } from "../../provider/api/limits.js";

/** Where the source doesn't say how many connectors there are. */
const usually = 256;
/** More would only fill the engine's state with steps that are under way. */
const most = 1_000;
/** Takes, beside each request in flight, those that wait for their connector. */
const perRequest = 4;

/**
 * How many resources the engine works on at once where nobody says: all of them. Most of what a connector takes is waiting, in
 * which it holds a place of the engine's and none of the service's; the engine's own default of 4 × cores starves that.
 *
 * @param connectors as many as are declared; `undefined`: not known
 * @param maxConcurrency requests in flight at most, of each account
 */
export function parallelFor(connectors: number | undefined, maxConcurrency: number): number {
  return Math.min(most, Math.max(connectors ?? usually, perRequest * maxConcurrency));
}

/** `DATASPACE_MAX_CONCURRENCY`, or its default; what is no number is the provider's to complain of. */
export function maxConcurrencyIn(env: Readonly<Record<string, string | undefined>>): number {
  const given = Number(env["DATASPACE_MAX_CONCURRENCY"]);
  return Number.isInteger(given) && given > 0 ? given : defaultMaxConcurrency;
}
