import { ratio } from "./report/format.ts";
import { cellOf, operations, type Cell, type Results } from "./results.ts";
import type { Finding } from "./finding.ts";

const n = 100;

/** Naive over ours: above 1 where ours is better. */
export function againstNaive(results: Results): Finding {
  const parts = [0, 2_000].flatMap((startMs) => {
    const [naive, ours] = ["naive-zstd", "ours-zstd"].map((row) => cellOf(results, row, n, startMs));
    const found: [string, number][] = [];
    const compare = (what: string, pick: (cell: Cell | undefined) => number | undefined) => {
      const [theirs, mine] = [pick(naive), pick(ours)];
      if (theirs !== undefined && mine !== undefined && mine > 0) found.push([what, theirs / mine]);
    };
    for (const operation of operations) compare(operation, (cell) => cell?.seconds[operation]?.median);
    compare("requests", (cell) => {
      const counts = operations.map((operation) => cell?.requests[operation]?.all.median);
      return counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    });
    compare("state", (cell) => cell?.compactStateBytes?.median);
    if (found.length === 0) return [];
    const words = found.map(([what, by]) => `${what} ${ratio(by)}`).join(", ");
    return [{ words: `start ${startMs / 1_000} s: ${words}`, met: found.every(([, by]) => by > 1) }];
  });
  if (parts.length === 0) return undefined;
  return { shown: parts.map(({ words }) => words).join("; "), met: parts.every(({ met }) => met) };
}
