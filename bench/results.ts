/** What a run of the benchmarks has found, as it lies in `results/latest.json`. */

export const operations = ["up", "again", "refresh", "update", "destroy"] as const;
/** `again`: an `up` with nothing to do. `update`: one key of every connector is changed. */
export type Operation = (typeof operations)[number];

/** Peak resident memory of the largest process of its kind, in bytes, and how many there were. */
export interface Memory {
  readonly bytes: number;
  readonly processes: number;
}

export interface Sample {
  readonly seconds: number;
  /** Requests that the service got, by the service's call. */
  readonly requests: Readonly<Record<string, number>>;
  readonly engine?: Memory;
  readonly provider?: Memory;
  /** CPU seconds that the emulator took, which no real service would take from this machine. */
  readonly emulatorCpu?: number;
}

/** All operations of one row, once. */
export interface Run {
  readonly operations: Readonly<Partial<Record<Operation, Sample>>>;
  /** On the disk, after `up`. */
  readonly stateBytes?: number;
  /** The same as JSON without white space or compression. */
  readonly compactStateBytes?: number;
  readonly restarts: number;
  /** Connectors made more than once, or under a name that nobody asked for. */
  readonly duplicates: number;
  /** Connectors that the service still has after `destroy`. */
  readonly orphans: number;
  /** Why it ended early. */
  readonly failure?: string;
  readonly hung?: boolean;
}

/** One row at one size. */
export interface Cell {
  readonly row: string;
  readonly n: number;
  readonly startMs: number;
  readonly parallel: number | undefined;
  readonly runs: readonly Run[];
  /** Why there are no runs, or fewer than planned. */
  readonly missing?: string;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
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
  readonly kind: "full" | "quick" | "part";
  readonly startedAt: string;
  readonly seconds: number;
  readonly machine: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly cells: readonly Cell[];
  readonly figures: readonly Figure[];
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

/** Of the runs that came so far, what `pick` gives; `undefined` when none did. */
export function over(cell: Cell | undefined, pick: (run: Run) => number | undefined): Spread | undefined {
  const values = (cell?.runs ?? []).map(pick).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : spreadOf(values);
}

export function secondsOf(cell: Cell | undefined, operation: Operation): Spread | undefined {
  return over(cell, (run) => run.operations[operation]?.seconds);
}

/** All requests of an operation, or those of one kind. */
export function requestsOf(
  cell: Cell | undefined,
  operation: Operation,
  wanted: (call: string) => boolean = () => true,
): Spread | undefined {
  return over(cell, (run) => {
    const sample = run.operations[operation];
    if (!sample) return undefined;
    return Object.entries(sample.requests).reduce((sum, [call, count]) => sum + (wanted(call) ? count : 0), 0);
  });
}

export const isChange = (call: string): boolean => !["list", "get", "other"].includes(call);

/** The largest of all operations. */
export function memoryOf(cell: Cell | undefined, role: "engine" | "provider"): Spread | undefined {
  return over(cell, (run) => {
    const sizes = Object.values(run.operations).flatMap((sample) => sample[role]?.bytes ?? []);
    return sizes.length === 0 ? undefined : Math.max(...sizes);
  });
}

/** All operations together; `undefined` while one is missing. */
export function totalSeconds(cell: Cell | undefined): number | undefined {
  let total = 0;
  for (const operation of operations) {
    const seconds = secondsOf(cell, operation);
    if (!seconds) return undefined;
    total += seconds.median;
  }
  return total;
}

export function cellOf(results: Results, row: string, n: number, startMs: number): Cell | undefined {
  return results.cells.find((cell) => cell.row === row && cell.n === n && cell.startMs === startMs);
}
