import { cellOf, operations, secondsOf, type Operation, type Results } from "./results.ts";

/** The engine's own cost, L1: it asks no service, so that start time 0 stands for all. The better one of the two ways to write. */
export function bareSeconds(results: Results, n: number, operation: Operation): number | undefined {
  const times = ["bare", "bare-zstd"].flatMap((row) => secondsOf(cellOf(results, row, n, 0), operation)?.median ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** max(L0, L1) of every operation: nobody beats that. `undefined` while one is missing. */
export function L2(results: Results, n: number, startMs: number): Record<Operation, number> | undefined {
  const found: Partial<Record<Operation, number>> = {};
  for (const operation of operations) {
    const floor = secondsOf(cellOf(results, "floor", n, startMs), operation);
    const bare = bareSeconds(results, n, operation);
    if (!floor || bare === undefined) return undefined;
    found[operation] = Math.max(floor.median, bare);
  }
  return found as Record<Operation, number>;
}
