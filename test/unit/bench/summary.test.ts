import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pageOf } from "../../../bench/report/report.js";
import { readSummary, textOfSummary } from "../../../bench/summary.js";
import { cell, results, run } from "../../support/bench.js";

test("the summary keeps, of every row, medians and their spread, requests by call, and what went wrong", () => {
  const { cells } = results(
    cell(
      "ours",
      10,
      0,
      run(2, { create: 10, list: 2 }),
      run(1, { create: 10 }),
      run(4, {}, { orphans: 2, hung: true }),
    ),
  );
  expect(cells).toMatchObject([
    {
      row: "ours",
      n: 10,
      runs: 3,
      failed: 0,
      hung: 1,
      duplicates: { total: 0, most: 0 },
      orphans: { total: 2, most: 2 },
    },
  ]);
  expect(cells[0]?.seconds.up).toEqual({ median: 2, min: 1, max: 4 });
  expect(cells[0]?.requests.update).toEqual({
    all: { median: 10, min: 0, max: 12 },
    changes: { median: 10, min: 0, max: 10 },
    calls: { create: { median: 10, min: 0, max: 10 }, list: { median: 0, min: 0, max: 2 } },
  });
});

test("a summary is read as it was written; the page in docs/ is what the one in git renders", () => {
  const found = results(cell("ours", 10, 0, run(2, { create: 10 }), run(1)), {
    ...cell("rest", 10, 0),
    missing: "why",
  });
  expect(readSummary(textOfSummary(found))).toEqual(found);
  const root = new URL("../../../", import.meta.url);
  const [text = "", reasons = "", page] = ["bench/results/latest.json", "bench/reasons.json", "docs/benchmarks.md"].map(
    (path) => readFileSync(new URL(path, root), "utf8"),
  );
  expect(text.split("\n").length).toBeLessThanOrEqual(300);
  const latest = readSummary(text);
  expect(textOfSummary(latest)).toBe(text);
  expect(pageOf(latest, JSON.parse(reasons) as Record<string, string>)).toBe(page);
});
