import { createHash } from "node:crypto";

/** One of the stacks that a manifest's connectors are spread over. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** The only shard of a fleet that is one stack. */
export const wholeFleet: Shard = { index: 1, count: 1 };

/**
 * The shard that holds a key, by rendezvous hashing: with another count only those keys move that must, about one in `count`
 * for each shard that is added.
 */
export function shardOf(key: string, count: number): number {
  let best = 1;
  let highest = "";
  for (let index = 1; index <= count; index++) {
    const weight = createHash("sha256").update(`${index}\0${key}`).digest("hex");
    if (weight > highest) [best, highest] = [index, weight];
  }
  return best;
}

/** `prod` for the first shard, `prod-2` for the second: a fleet that was one stack goes on in it. */
export function stackOf(base: string, index: number): string {
  return index === 1 ? base : `${base}-${index}`;
}

/** All shards of a fleet. */
export function shardsOf(count: number): Shard[] {
  return Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));
}

/** `3/16` as a shard; `undefined` for what is none. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/** `3/16`. */
export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** The stack's output that tells which shard of how many it is: `3/16`, or `resharding to 4`. */
export const markName = "dataspaceShard";
