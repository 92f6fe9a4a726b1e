import { operations, type Results } from "../../bench/results.js";
import type { MeasuredCell, Run, Sample } from "../../bench/runs.js";
import { summaryOf } from "../../bench/summary.js";

export const sample = (seconds: number, requests: Record<string, number> = {}): Sample => ({ seconds, requests });

/** A run whose operations all take as long, and ask the service the same. */
export function run(seconds: number, requests: Record<string, number> = {}, more: Partial<Run> = {}): Run {
  const samples = Object.fromEntries(operations.map((operation) => [operation, sample(seconds, requests)]));
  return { operations: samples, restarts: 0, duplicates: 0, orphans: 0, ...more };
}

export function cell(row: string, n: number, startMs: number, ...runs: Run[]): MeasuredCell {
  return { row, n, startMs, parallel: n, runs };
}

export function results(...cells: MeasuredCell[]): Results {
  const rows = [...new Set(cells.map(({ row }) => row))];
  return summaryOf({
    kind: "part",
    startedAt: "2026-11-24T20:00:00.000Z",
    seconds: 60,
    machine: { processor: "one" },
    versions: { node: "24.21.0" },
    titles: Object.fromEntries(rows.map((row) => [row, `the row ${row}`])),
    notes: [],
    cells,
    figures: [{ id: "help", title: "--help", unit: "ms", spread: { median: 151, min: 140, max: 160 } }],
  });
}
