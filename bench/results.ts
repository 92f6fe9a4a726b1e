/** What a run of the benchmarks has found: medians and their spread, as in `results/latest.json`. */

export const operations = ["up", "again", "refresh", "update", "destroy"] as const;
/** `again`: an `up` with nothing to do. `update`: one key of every connector is changed. */
export type Operation = (typeof operations)[number];
/** What was measured: the whole suite, its quick form, or a part of it. */
export type Kind = "full" | "quick" | "part";

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The requests of one operation. */
export interface Requests {
  readonly all: Spread;
  /** Those that change something. */
  readonly changes: Spread;
  /** By the service's call. */
  readonly calls: Readonly<Record<string, Spread>>;
}

/** Something that must not happen: in all runs together, and in the worst one. */
export interface Accidents {
  readonly total: number;
  readonly most: number;
}

/** One row at one size, over all of its runs. */
export interface Cell {
  readonly row: string;
  readonly n: number;
  readonly startMs: number;
  readonly parallel: number | undefined;
  readonly runs: number;
  readonly failed: number;
  readonly hung: number;
  /** Why there are no runs, or fewer than planned. */
  readonly missing?: string;
  readonly seconds: Readonly<Partial<Record<Operation, Spread>>>;
  readonly requests: Readonly<Partial<Record<Operation, Requests>>>;
  /** Peak of the largest process over all operations, in bytes. */
  readonly memory: Readonly<Partial<Record<"engine" | "provider", Spread>>>;
  readonly stateBytes?: Spread;
  readonly compactStateBytes?: Spread;
  readonly restarts?: Spread;
  readonly duplicates: Accidents;
  readonly orphans: Accidents;
  /** CPU seconds of the emulator, over all operations. */
  readonly emulatorCpu?: Spread;
}

/** A measurement beside the matrix: one figure with its unit, or why there is none. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly unit: "s" | "ms" | "bytes" | "ratio";
  readonly spread?: Spread;
  readonly missing?: string;
}

export interface Results {
  readonly kind: Kind;
  readonly startedAt: string;
  readonly seconds: number;
  readonly machine: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly figures: readonly Figure[];
  readonly cells: readonly Cell[];
}

/** @throws when there are no values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined)
    throw new Error("a spread needs at least one value");
  return { median: (low + high) / 2, min, max };
}

/** The medians of all operations together; `undefined` while one is missing. */
export function totalSeconds(cell: Cell | undefined): number | undefined {
  let total = 0;
  for (const operation of operations) {
    const seconds = cell?.seconds[operation];
    if (!seconds) return undefined;
    total += seconds.median;
  }
  return total;
}

export function cellOf(results: Results, row: string, n: number, startMs: number): Cell | undefined {
  return results.cells.find((cell) => cell.row === row && cell.n === n && cell.startMs === startMs);
}
