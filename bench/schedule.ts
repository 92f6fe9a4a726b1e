/** What is measured at which size, and how often: the most telling sizes come first, should time run out. */

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
const everything = [
  "floor",
  "ours-zstd",
  "bare-zstd",
  "ours",
  "bare",
  "naive-zstd",
  "naive",
  "shards",
  ...terraforms,
  "rest",
];
/** Where the engine's start is all there is to see. */
const few = ["floor", "ours-zstd", "bare-zstd", "naive-zstd", "terraform"];
/** L1 asks no service, so that it needs no start time. */
const waiting = ["floor", "ours-zstd", "terraform", "terraform-list", "naive-zstd"];
const fewWaiting = ["floor", "ours-zstd", "terraform"];

/** Not every row at every size, or 75 minutes would not do: Terraform's other ways at 100, and beyond it where they tell most. */
const full: readonly Size[] = [
  { n: 100, startMs: 0, repetitions: 5, rows: everything.filter((row) => !["naive", "shards"].includes(row)) },
  { n: 100, startMs: 0, repetitions: 1, rows: ["naive"] },
  {
    n: 300,
    startMs: 0,
    repetitions: 3,
    rows: ["floor", "ours-zstd", "bare-zstd", "ours", "bare", "terraform", "terraform-off"],
  },
  { n: 300, startMs: 2_000, repetitions: 3, rows: ["floor", "ours-zstd", "shards", "terraform"] },
  { n: 1_000, startMs: 2_000, repetitions: 1, rows: ["floor", "ours-zstd", "shards", "terraform", "terraform-list"] },
  { n: 5_000, startMs: 2_000, repetitions: 1, rows: ["floor", "shards"] },
  { n: 1_000, startMs: 0, repetitions: 1, rows: ["floor", "bare-zstd"] },
  { n: 100, startMs: 2_000, repetitions: 5, rows: waiting },
  { n: 100, startMs: 2_000, repetitions: 1, rows: ["ours-default", "pipeline"] },
  { n: 10, startMs: 0, repetitions: 5, rows: few },
  { n: 1, startMs: 0, repetitions: 5, rows: few },
  { n: 10, startMs: 2_000, repetitions: 5, rows: fewWaiting },
  { n: 1, startMs: 2_000, repetitions: 5, rows: fewWaiting },
];

const quick: readonly Size[] = [
  { n: 1, startMs: 0, repetitions: 1, rows: ["floor", "ours-zstd", "bare-zstd", "terraform"] },
  { n: 10, startMs: 0, repetitions: 1, rows: ["floor", "ours-zstd", "bare-zstd", "naive-zstd", "shards", "terraform"] },
  {
    n: 100,
    startMs: 0,
    repetitions: 1,
    rows: ["floor", "ours-zstd", "bare-zstd", "ours", ...terraforms, "rest"],
  },
  { n: 100, startMs: 2_000, repetitions: 1, rows: ["floor", "ours-zstd", "naive-zstd", "terraform"] },
];

export interface Wanted {
  readonly quick: boolean;
  /** Only these numbers of connectors; one that the plan lacks is measured once, at both start times. */
  readonly sizes?: readonly number[] | undefined;
  /** Only these start times, in seconds. */
  readonly starts?: readonly number[] | undefined;
  /** Only these rows; together with `sizes` also where the plan lacks them. */
  readonly rows?: readonly string[] | undefined;
  /** Instead of the plan's repetitions. */
  readonly times?: number | undefined;
}

/** All slots, in order. Within a size the repetitions go round and round, so that no row has a quiet or a busy hour alone. */
export function slotsOf({ quick: isQuick, sizes, starts, rows, times }: Wanted): Slot[] {
  const plan = isQuick ? quick : full;
  const named = sizes?.flatMap((n) => sizesLike(plan, n, rows)) ?? plan;
  const started = named.filter(({ startMs }) => starts?.includes(startMs / 1_000) ?? true);
  return started.flatMap((size) =>
    rounds({
      ...size,
      repetitions: times ?? size.repetitions,
      rows: rows && !sizes ? size.rows.filter((row) => rows.includes(row)) : size.rows,
    }),
  );
}

/** The plan's entries for one number of connectors, one for each start time. */
function sizesLike(plan: readonly Size[], n: number, rows: readonly string[] | undefined): Size[] {
  const planned = plan.filter((size) => size.n === n);
  const startTimes = planned.length === 0 ? [0, 2_000] : [...new Set(planned.map(({ startMs }) => startMs))];
  return startTimes.map((startMs) => {
    const same = planned.filter((size) => size.startMs === startMs);
    return {
      n,
      startMs,
      repetitions: Math.max(1, ...same.map(({ repetitions }) => repetitions)),
      rows: rows ?? (same.length === 0 ? everything : [...new Set(same.flatMap((size) => size.rows))]),
    };
  });
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
  // Starting the engine is most of the work at small sizes; then it writes all of its state at every step. Shards and L0 don't.
  const power = ["shards", "floor"].includes(slot.row) ? 1.1 : 1.5;
  return nearest.seconds * ((slot.n + 100) / (nearest.slot.n + 100)) ** power;
}
