import type { CallOptions } from "../client.js";
import type { TickLimits } from "./watch.js";

export interface FeedSettings extends TickLimits {
  /** From 0 to 1: spreads the looks of many processes. */
  readonly random: () => number;
  /** How old a list may be to answer one more look. Milliseconds. */
  readonly shareMs: number;
  /** How old, while one look follows the other without a pause of `shareMs`: as in a refresh of many. Milliseconds. */
  readonly burstMs: number;
  /** Named in errors; `undefined`: the default one. */
  readonly account: string | undefined;
  /** An account without any connector proves that those are gone that were known. */
  readonly acceptEmptyAccount: boolean;
}

/** One look at one connector. */
export interface LookOptions extends CallOptions {
  /** Plain storage fields that the caller needs: where the list lacks one, the single read is made. */
  readonly fields?: readonly string[];
  /** The single read is made, whatever the list says. @default false */
  readonly alone?: boolean;
  /** Clock time before which nothing counts: neither a list that was asked for earlier, nor an older copy of a cache's. */
  readonly since?: number;
  /**
   * Whether it has been there: its absence then takes a list that shows other connectors. `false`: it may well be absent, because
   * the caller is about to make it, or has deleted it; the single read then decides where there is no list.
   *
   * @default nobody knows: absence takes a list, or a service that has none
   */
  readonly known?: boolean;
}

export const defaults: FeedSettings = {
  firstTickMs: 100,
  maxTickMs: 5_000,
  shareMs: 1_000,
  burstMs: 5_000,
  random: Math.random,
  account: undefined,
  acceptEmptyAccount: false,
};
