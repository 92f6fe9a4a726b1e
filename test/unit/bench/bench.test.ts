import { expect, test } from "vitest";
import { readOptions } from "../../../bench/options.js";
import { expectedSeconds, parallelFor, slotsOf } from "../../../bench/schedule.js";
import { asMarkdown, asText, type Table } from "../../../bench/report/table.js";
import { targetTable } from "../../../bench/report/findings.js";
import { pageOf } from "../../../bench/report/report.js";
import { L2 } from "../../../bench/floors.js";
import { spreadOf, type Results } from "../../../bench/results.js";
import type { MeasuredCell } from "../../../bench/runs.js";
import { cell, results, run, sample } from "../../support/bench.js";
import { targets } from "../../../bench/targets.js";

/** What a target shows, and whether it is met. */
function verdict(id: string, found: Results): [string, boolean] | undefined {
  const finding = targets.find((target) => target.id === id)?.check(found);
  return finding && [finding.shown, finding.met];
}

test("a spread is the median with its ends; of an even number, the mean of the two in the middle", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(() => spreadOf([])).toThrow("a spread needs at least one value");
});

test("L2 is the larger floor of each operation; L1 counts for every start time, by its better way of writing", () => {
  const found = results(
    cell("floor", 10, 2_000, { ...run(0), operations: { ...run(0).operations, up: sample(9) } }),
    cell("bare", 10, 0, run(7)),
    cell("bare-zstd", 10, 0, run(5)),
  );
  expect(L2(found, 10, 2_000)).toEqual({ up: 9, again: 5, refresh: 5, update: 5, destroy: 5 });
  expect(L2(found, 100, 2_000)).toBeUndefined();
});

test("each way of writing checkpoints is held against the bare engine's own", () => {
  const cells = [
    cell("ours", 100, 0, run(10.8), run(11), run(30)),
    cell("bare", 100, 0, run(10)),
    cell("ours-zstd", 100, 0, run(9)),
  ];
  const found = results(...cells);
  expect(verdict("over-engine-100", found)).toEqual(["up 1.10 ×, again 1.10 ×, refresh 1.10 ×, destroy 1.10 ×", true]);
  expect(verdict("over-engine-100", results(...cells, cell("bare-zstd", 100, 0, run(8))))?.[1]).toBe(false);
  expect(verdict("over-engine-300", found)).toBeUndefined();
});

test.each<[id: string, cells: MeasuredCell[], shown: string, met: boolean]>([
  ["requests-to-ready", [cell("ours-zstd", 1_000, 2_000, run(1, { create: 1_000, list: 9 }))], "1.01", true],
  ["requests-to-ready", [cell("ours-zstd", 1_000, 2_000, run(1, { create: 1_000, get: 200 }))], "1.20", false],
  ["refresh-requests", [cell("ours-zstd", 1_000, 2_000, run(1, { list: 6 }))], "6.00", false],
  ["no-op", [cell("ours-zstd", 10, 0, run(1)), cell("ours", 10, 0, run(1))], "0 requests, 0 of them changes", true],
  ["no-op", [cell("ours", 10, 0, run(1, { list: 1, edit: 1 }))], "2 requests, 1 of them changes", false],
  [
    "rotation",
    [cell("ours-zstd", 300, 2_000, run(1, { edit: 300, list: 12 }, { restarts: 300 }))],
    "300 PUT, 300 restarts, 1.04 requests each",
    true,
  ],
  [
    "rotation",
    [cell("ours-zstd", 300, 2_000, run(1, { edit: 301 }, { restarts: 301 }))],
    "301 PUT, 301 restarts, 1.00 requests each",
    false,
  ],
  [
    "shards-over-stack",
    [cell("ours-zstd", 1_000, 2_000, run(100)), cell("shards", 1_000, 2_000, run(25))],
    "100 s and 25.0 s: 4.00 ×",
    true,
  ],
  [
    "shards-over-terraform",
    [cell("shards", 1_000, 2_000, run(21)), cell("terraform", 1_000, 2_000, run(20))],
    "105 s and 100 s",
    false,
  ],
  [
    "naive",
    [
      cell("naive-zstd", 100, 2_000, run(4, { get: 300 }, { compactStateBytes: 100 })),
      cell("ours-zstd", 100, 2_000, run(2, { list: 100 }, { compactStateBytes: 200 })),
    ],
    "start 2 s: up 2.00 ×, again 2.00 ×, refresh 2.00 ×, update 2.00 ×, destroy 2.00 ×, requests 3.00 ×, state 0.50 ×",
    false,
  ],
  ["accidents", [cell("ours", 1, 0, run(1), run(1, {}, { orphans: 1 }))], "0, 1, 0 in 2 runs", false],
  [
    "accidents",
    [cell("ours", 1, 0, run(1)), cell("naive", 1, 0, run(1, {}, { orphans: 1 }))],
    "0, 0, 0 in 1 runs",
    true,
  ],
  ["state", [cell("ours", 100, 0, run(1, {}, { compactStateBytes: 190_001 }))], "1900 bytes", false],
  ["help", [], "151 ms", false],
])("the target %s, with %j", (id, cells, shown, met) => {
  expect(verdict(id, results(...cells))).toEqual([shown, met]);
});

test("a missed target says why; one that was not measured invents nothing", () => {
  const { lines } = targetTable(results(), { help: "because" });
  expect(lines.filter(({ bad }) => bad).map(({ cells }) => cells)).toEqual([
    ["pulumi-dataspace --help", "< 150 ms", "missed", "151 ms", "because"],
  ]);
  expect(lines[0]?.cells.slice(2)).toEqual(["–", "not measured in this run", ""]);
});

test("tables are aligned in a terminal, with bad lines in red where there are colours, and marked on a page", () => {
  const table: Table = {
    title: "Times",
    header: ["row", "up"],
    lines: [{ cells: ["ours", "1.5"] }, { cells: ["a|b", "12.25"], bad: true }],
  };
  expect(asText(table, false)).toBe("Times\n\nrow      up\n────  ─────\nours    1.5\na|b   12.25\n");
  expect(asText(table, true)).toContain("\u001b[31ma|b   12.25\u001b[39m");
  expect(asMarkdown(table)).toBe("### Times\n\n| row | up |\n| --- | ---: |\n| ours | 1.5 |\n| 🔴 a\\|b | 12.25 |\n");
});

test("a page holds what was measured, what was not, and what the service was asked", () => {
  const found = results(cell("ours", 100, 0, run(2, { create: 100, list: 2 }, { stateBytes: 240_000 })), {
    ...cell("rest", 100, 0),
    missing: "not measured: it can't be had",
  });
  const page = pageOf(found, {});
  expect(page).toContain("(a part run: not the whole suite)");
  expect(page).toContain("| the row ours | 2.00 | 2.00 | 2.00 | 2.00 | 2.00 | – | – | 2400 B | – | 0 | 0 | 0 | 0 |");
  expect(page).toContain("the row rest: not measured: it can't be had.");
  expect(page).toContain("1 create, 0.02 list");
});

test("the suite measures the ordered sizes, five times up to 100, three times at 300, once beyond", () => {
  const slots = slotsOf({ quick: false });
  const times = (row: string, n: number, startMs: number) =>
    slots.filter((slot) => slot.row === row && slot.n === n && slot.startMs === startMs).length;
  expect([1, 10, 100, 300].map((n) => times("ours-zstd", n, 0))).toEqual([5, 5, 5, 3]);
  expect([1, 10, 100, 300, 1_000].map((n) => times("ours-zstd", n, 2_000))).toEqual([5, 5, 5, 3, 1]);
  expect([1, 10, 100, 300, 1_000].map((n) => times("bare-zstd", n, 0))).toEqual([5, 5, 5, 3, 1]);
  expect(times("shards", 5_000, 2_000)).toBe(1);
  // A round begins with another row each time.
  const begins = [0, 1, 2].map((repetition) =>
    slots.find((slot) => slot.n === 300 && slot.startMs === 0 && slot.repetition === repetition),
  );
  expect(new Set(begins.map((slot) => slot?.row)).size).toBe(3);
});

test("sizes and rows that are named are measured, also where the suite lacks them", () => {
  expect(slotsOf({ quick: false, sizes: [3], rows: ["ours"] })).toEqual([
    { row: "ours", n: 3, startMs: 0, repetition: 0 },
    { row: "ours", n: 3, startMs: 2_000, repetition: 0 },
  ]);
  expect(slotsOf({ quick: false, sizes: [3], starts: [2], rows: ["ours"] })).toHaveLength(1);
  expect(slotsOf({ quick: false, sizes: [1_000], rows: ["naive"], times: 2 })).toHaveLength(4);
  expect(new Set(slotsOf({ quick: false, rows: ["pipeline"] }).map(({ n }) => n))).toEqual(new Set([100]));
});

test.each<[argv: string[], kind: string]>([
  [[], "full"],
  [["quick"], "quick"],
  [["--minutes", "60"], "full"],
  [["--start", "0"], "part"],
  [["quick", "--rows", "ours"], "part"],
])("%j is a %s run", (argv, kind) => expect(readOptions(argv, ["ours"])).toMatchObject({ kind }));

test("a flag that can't be meant is refused", () => {
  expect(() => readOptions(["--start", "soon"], [])).toThrow("--start takes seconds, like 0,2");
  expect(() => readOptions(["--rows", "theirs"], ["ours"])).toThrow('there is no row "theirs"; there are ours');
});

test("what a slot will take is what the row took last, or at the next smaller size", () => {
  const slot = { row: "ours", n: 100, startMs: 0, repetition: 1 };
  const took = [
    { slot: { ...slot, n: 25 }, seconds: 4 },
    { slot: { ...slot, row: "naive" }, seconds: 99 },
  ];
  expect(expectedSeconds(slot, took)).toBe(4 * (200 / 125) ** 1.5);
  expect(expectedSeconds(slot, [...took, { slot, seconds: 7 }])).toBe(7);
  expect(expectedSeconds({ ...slot, row: "bare" }, took)).toBe(0);
});

test("nothing waits for a place, up to a thousand at once", () => {
  expect([1, 100, 5_000].map(parallelFor)).toEqual([10, 100, 1_000]);
});
