import { shardOf } from "../source/shard.js";

/** A connector in a stack's state. */
export interface Held {
  readonly key: string;
  readonly urn: string;
}

export interface Move {
  readonly from: number;
  readonly to: number;
  readonly held: readonly Held[];
}

export interface MovePlan {
  /** Entries that a killed move left in both states: removed from this shard, because the right one has them. */
  readonly leftovers: readonly { readonly shard: number; readonly held: readonly Held[] }[];
  /** One move of the engine per pair of stacks. */
  readonly moves: readonly Move[];
}

/** What must move so that every key is in its shard. Pure. */
export function movesTo(count: number, states: ReadonlyMap<number, readonly Held[]>): MovePlan {
  const moves = new Map<string, { from: number; to: number; held: Held[] }>();
  const leftovers = new Map<number, Held[]>();
  const claimed = new Set<string>();
  for (const [from, held] of states) {
    for (const each of held) {
      const to = shardOf(each.key, count);
      if (to === from) continue;
      const there = claimed.has(each.key) || states.get(to)?.some(({ key }) => key === each.key);
      claimed.add(each.key);
      if (there) {
        leftovers.set(from, [...(leftovers.get(from) ?? []), each]);
        continue;
      }
      const id = `${from}>${to}`;
      const move = moves.get(id) ?? { from, to, held: [] };
      moves.set(id, { ...move, held: [...move.held, each] });
    }
  }
  return {
    leftovers: [...leftovers].map(([shard, held]) => ({ shard, held })),
    moves: [...moves.values()],
  };
}
