import { cellOf, operations, type Operation, type Results } from "./results.ts";

/** The engine's own cost, L1: it asks no service, so that start time 0 stands for all. The better one of the two ways to write. */
export function bareSeconds(results: Results, n: number, operation: Operation): number | undefined {
  const times = ["bare", "bare-zstd"].flatMap((row) => cellOf(results, row, n, 0)?.seconds[operation]?.median ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** max(L0, L1) of every operation: nobody beats that. `undefined` while one is missing. */
export function L2(results: Results, n: number, startMs: number): Record<Operation, number> | undefined {
  const found: Partial<Record<Operation, number>> = {};
  for (const operation of operations) {
    const floor = cellOf(results, "floor", n, startMs)?.seconds[operation];
    const bare = bareSeconds(results, n, operation);
    if (!floor || bare === undefined) return undefined;
    found[operation] = Math.max(floor.median, bare);
  }
  return found as Record<Operation, number>;
}
