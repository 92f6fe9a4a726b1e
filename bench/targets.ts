import type { Finding } from "./finding.ts";
import { againstNaive } from "./against-naive.ts";
import { L2 } from "./floors.ts";
import { ratio, short } from "./report/format.ts";
import { cellOf, totalSeconds, type Cell, type Operation, type Results } from "./results.ts";

export interface Target {
  readonly id: string;
  readonly what: string;
  readonly wanted: string;
  check(results: Results): Finding;
}

/** The compressed stack is what a pipeline writes, and what the numbers of "ours" mean where only one is named. */
const ours = "ours-zstd";
const median = (results: Results, row: string, n: number, startMs: number, operation: Operation) =>
  cellOf(results, row, n, startMs)?.seconds[operation]?.median;

export const targets: readonly Target[] = [
  ...([100, 300] as const).map((n): Target => ({
    id: `over-engine-${n}`,
    what: `up, no-op up, refresh, destroy over L1 at N=${n}, start time 0`,
    wanted: "≤ 1.10",
    check: (results) => {
      const found = (["up", "again", "refresh", "destroy"] as const).flatMap((operation) =>
        [
          ["ours", "bare"],
          ["ours-zstd", "bare-zstd"],
        ].flatMap(([row = "", bare = ""]) => {
          const [mine, floor] = [row, bare].map((each) => median(results, each, n, 0, operation));
          return mine === undefined || floor === undefined ? [] : [{ operation, row, over: mine / floor }];
        }),
      );
      if (found.length === 0) return undefined;
      const words = found.map(
        ({ operation, row, over: by }) => `${operation} ${ratio(by)}${row === "ours-zstd" ? " compressed" : ""}`,
      );
      return { shown: words.join(", "), met: found.every(({ over: by }) => by <= 1.1) };
    },
  })),
  {
    id: "up-with-start",
    what: "up with 2 s start time, N=300, parallelism enough",
    wanted: "≤ L2 × 1.10 + 2 s",
    check: (results) => {
      const mine = median(results, ours, 300, 2_000, "up");
      // Without the start time, which the formula adds.
      const floor = L2(results, 300, 0);
      if (mine === undefined || !floor) return undefined;
      const limit = floor.up * 1.1 + 2;
      return { shown: `${short(mine)} s of ${short(limit)} s`, met: mine <= limit };
    },
  },
  {
    id: "requests-to-ready",
    what: "requests per connector, create to ready, N=1000, 2 s start",
    wanted: "≤ 1.1",
    check: (results) => {
      const cell = cellOf(results, ours, 1_000, 2_000);
      return atMost(cell?.requests.up?.all.max, 1_000, 1.1);
    },
  },
  {
    id: "refresh-requests",
    what: "refresh of 1000",
    wanted: "≤ 5 requests",
    check: (results) => atMost(cellOf(results, ours, 1_000, 2_000)?.requests.refresh?.all.max, 1, 5),
  },
  {
    id: "no-op",
    what: "no-op up",
    wanted: "0 requests, none that changes something",
    check: (results) => {
      const found = results.cells.flatMap(({ row, requests }) => (row.startsWith("ours") && requests.again) || []);
      if (found.length === 0) return undefined;
      const all = Math.max(...found.map((requests) => requests.all.max));
      const changing = Math.max(...found.map((requests) => requests.changes.max));
      return { shown: `${all} requests, ${changing} of them changes`, met: all === 0 };
    },
  },
  {
    id: "rotation",
    what: "one key rotated on all of 300",
    wanted: "300 PUT, 300 restarts, ≤ 1.1 requests each",
    check: (results) => {
      const cell = cellOf(results, ours, 300, 2_000);
      const { all, calls } = cell?.requests.update ?? {};
      const [edits, restarts] = [calls?.["edit"], cell?.restarts];
      if (!edits || !all || !restarts) return undefined;
      return {
        shown: `${edits.max} PUT, ${restarts.max} restarts, ${short(all.max / 300)} requests each`,
        met: [edits, restarts].every(({ min, max }) => min === 300 && max === 300) && all.max <= 330,
      };
    },
  },
  {
    id: "shards-over-stack",
    what: "1000 connectors through shards vs one stack, up",
    wanted: "≥ 4 times faster",
    check: (results) => {
      const [stack, shards] = [ours, "shards"].map((row) => median(results, row, 1_000, 2_000, "up"));
      if (stack === undefined || shards === undefined) return undefined;
      return {
        shown: `${short(stack)} s and ${short(shards)} s: ${ratio(stack / shards)}`,
        met: stack / shards >= 4,
      };
    },
  },
  {
    id: "shards-over-terraform",
    what: "1000 connectors through shards vs Terraform with waiting, all five operations summed",
    wanted: "faster",
    check: (results) => {
      const [shards, terraform] = ["shards", "terraform"].map((row) =>
        totalSeconds(cellOf(results, row, 1_000, 2_000)),
      );
      if (shards === undefined || terraform === undefined) return undefined;
      return { shown: `${short(shards)} s and ${short(terraform)} s`, met: shards < terraform };
    },
  },
  {
    id: "shards-5000",
    what: "5,000 in shards",
    wanted: "works, within 10% of linear from 1,000, provider ≤ 150 MB",
    check: (results) => {
      const [small, large] = [1_000, 5_000].map((n) => cellOf(results, "shards", n, 2_000));
      const [before, after] = [small, large].map(totalSeconds);
      const memory = large?.memory.provider;
      if (before === undefined || after === undefined || !memory) return undefined;
      const growth = after / (5 * before);
      return {
        shown: `${ratio(growth)} of linear, ${(memory.max / 1e6).toFixed(0)} MB`,
        met: growth <= 1.1 && memory.max <= 150e6,
      };
    },
  },
  {
    id: "core",
    what: "provider process alone: 10,000 creates against the emulator",
    wanted: "within 15% of L0",
    check: (results) => figureAtMost(results, "core-ratio-10000", 1.15, ratio),
  },
  {
    id: "naive",
    what: "naive provider at N=100, in every column that matters: naive over ours",
    wanted: "> 1",
    check: againstNaive,
  },
  {
    id: "accidents",
    what: "duplicates, orphans, hangs of ours",
    wanted: "0",
    check: (results) => {
      const cells = results.cells.filter(({ row }) => /^(ours|pipeline|shards)/.test(row));
      const count = (pick: (cell: Cell) => number) => cells.reduce((sum, cell) => sum + pick(cell), 0);
      const runs = count((cell) => cell.runs);
      if (runs === 0) return undefined;
      const counts = [
        count((cell) => cell.duplicates.total),
        count((cell) => cell.orphans.total),
        count((cell) => cell.hung),
      ];
      const failed = count((cell) => cell.failed);
      return {
        shown: `${counts.join(", ")} in ${runs} runs${failed > 0 ? `, ${failed} of which failed` : ""}`,
        met: failed === 0 && counts.every((each) => each === 0),
      };
    },
  },
  {
    id: "state",
    what: "state of one S3 connector with six fields, as compact JSON",
    wanted: "≤ 1,900 bytes",
    check: (results) => {
      const sizes = results.cells
        .filter(({ row, n }) => row.startsWith("ours") && n >= 100)
        .flatMap((cell) => (cell.compactStateBytes ? cell.compactStateBytes.max / cell.n : []));
      if (sizes.length === 0) return undefined;
      const largest = Math.max(...sizes);
      return { shown: `${Math.round(largest)} bytes`, met: largest <= 1_900 };
    },
  },
  {
    id: "help",
    what: "pulumi-dataspace --help",
    wanted: "< 150 ms",
    check: (results) => figureAtMost(results, "help", 150, (ms) => `${ms.toFixed(0)} ms`),
  },
];

function atMost(total: number | undefined, n: number, limit: number): Finding {
  return total === undefined ? undefined : { shown: short(total / n), met: total / n <= limit };
}

function figureAtMost(results: Results, id: string, limit: number, show: (value: number) => string): Finding {
  const value = results.figures.find((figure) => figure.id === id)?.spread?.median;
  return value === undefined ? undefined : { shown: show(value), met: value <= limit };
}
