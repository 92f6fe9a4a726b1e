/** What is measured at which size, and how often: the most telling rows of a size come first, should time run out. */

/** One row at one size, once. */
export interface Slot {
  readonly row: string;
  readonly n: number;
  readonly startMs: number;
  /** From 0. */
  readonly repetition: number;
}

interface Size {
  readonly n: number;
  readonly startMs: number;
  readonly repetitions: number;
  readonly rows: readonly string[];
}

const terraforms = ["terraform", "terraform-list", "terraform-off"];
const everything = ["floor", "ours-zstd", "bare-zstd", "ours", "bare", "naive-zstd", "naive", "shards", ...terraforms];
/** L1 asks no service, so it is measured once, for every start time. */
const waiting = ["floor", "ours-zstd", "shards", "terraform", "terraform-list", "naive-zstd"];

const full: readonly Size[] = [
  { n: 1, startMs: 0, repetitions: 5, rows: everything },
  { n: 10, startMs: 0, repetitions: 5, rows: everything },
  { n: 100, startMs: 0, repetitions: 5, rows: everything },
  { n: 100, startMs: 2_000, repetitions: 3, rows: [...waiting, "ours-default"] },
  { n: 300, startMs: 0, repetitions: 3, rows: ["floor", "ours-zstd", "bare-zstd", "ours", "bare", ...terraforms] },
  { n: 300, startMs: 2_000, repetitions: 3, rows: ["floor", "ours-zstd", "shards", "terraform", "terraform-list"] },
  { n: 1_000, startMs: 2_000, repetitions: 1, rows: ["floor", "ours-zstd", "shards", ...terraforms] },
  { n: 5_000, startMs: 2_000, repetitions: 1, rows: ["floor", "shards"] },
  { n: 1_000, startMs: 0, repetitions: 1, rows: ["floor", "bare-zstd"] },
];

const quick: readonly Size[] = [
  { n: 1, startMs: 0, repetitions: 1, rows: ["floor", "ours-zstd", "bare-zstd", "terraform"] },
  { n: 10, startMs: 0, repetitions: 1, rows: ["floor", "ours-zstd", "bare-zstd", "naive-zstd", "shards", "terraform"] },
  {
    n: 100,
    startMs: 0,
    repetitions: 1,
    rows: ["floor", "ours-zstd", "bare-zstd", "ours", "shards", ...terraforms],
  },
  { n: 100, startMs: 2_000, repetitions: 1, rows: ["floor", "ours-zstd", "naive-zstd", "shards", "terraform"] },
];

export interface Wanted {
  readonly quick: boolean;
  /** Only these sizes and rows; a size or row that the plan lacks is measured once, at both start times. */
  readonly sizes?: readonly number[] | undefined;
  readonly rows?: readonly string[] | undefined;
}

/** All slots, in order. Within a size the repetitions go round and round, so that no row has a quiet or a busy hour alone. */
export function slotsOf({ quick: isQuick, sizes, rows }: Wanted): Slot[] {
  const plan = isQuick ? quick : full;
  const extra = (sizes ?? []).filter((n) => !plan.some((size) => size.n === n));
  const added = extra.flatMap((n) =>
    [0, 2_000].map((startMs): Size => ({ n, startMs, repetitions: 1, rows: rows ?? everything })),
  );
  return [...plan, ...added]
    .filter(({ n }) => !sizes || sizes.includes(n))
    .flatMap((size) => rounds({ ...size, rows: rows ? rowsIn(size, rows, sizes !== undefined) : size.rows }));
}

function rowsIn({ rows: planned }: Size, wanted: readonly string[], sizesNamed: boolean): readonly string[] {
  return sizesNamed ? wanted : planned.filter((row) => wanted.includes(row));
}

function rounds({ n, startMs, repetitions, rows }: Size): Slot[] {
  return Array.from({ length: repetitions }, (_, repetition) => {
    // Each round begins with another row.
    const from = (repetition * 2) % Math.max(1, rows.length);
    const turned = [...rows.slice(from), ...rows.slice(0, from)];
    return turned.map((row): Slot => ({ row, n, startMs, repetition }));
  }).flat();
}

/** As many as there are connectors, so that nothing waits for a place; the same for every row. */
export function parallelFor(n: number): number {
  return Math.min(1_000, Math.max(10, n));
}

/** Seconds that a slot will take, from what the same row has taken: the last time, or at the next smaller size. */
export function expectedSeconds(
  slot: Slot,
  took: readonly { readonly slot: Slot; readonly seconds: number }[],
): number {
  const same = took.filter(({ slot: { row } }) => row === slot.row);
  const last = same.findLast(({ slot: { n, startMs } }) => n === slot.n && startMs === slot.startMs);
  if (last) return last.seconds;
  const smaller = same.filter(({ slot: { n } }) => n <= slot.n).sort((one, other) => one.slot.n - other.slot.n);
  const nearest = smaller.at(-1);
  if (!nearest) return 0;
  // The engines write all of their state at every step: more than linear, less than quadratic.
  return nearest.seconds * (slot.n / nearest.slot.n) ** 1.4;
}
