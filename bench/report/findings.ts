import { cellOf, type Figure, type Results } from "../results.ts";
import { targets } from "../targets.ts";
import { seconds, short } from "./format.ts";
import type { Table } from "./table.ts";

/** Every target with what was found; a missed one is bad, and says why. */
export function targetTable(results: Results, reasons: Readonly<Record<string, string>>): Table {
  return {
    title: "Targets",
    words: true,
    header: ["target", "wanted", "", "measured", "reason"],
    lines: targets.map((target) => {
      const finding = target.check(results);
      if (!finding) return { cells: [target.what, target.wanted, "–", "not measured in this run", ""] };
      const { shown, met } = finding;
      const reason = met ? "" : (reasons[target.id] ?? "not yet known");
      return { cells: [target.what, target.wanted, met ? "met" : "missed", shown, reason], bad: !met };
    }),
  };
}

/** What is measured beside the rows. */
export function figureTable(results: Results): Table {
  const show = ({ spread, unit }: Figure): string => {
    if (!spread) return "";
    if (unit === "s") return `${seconds(spread)} s`;
    const digits = unit === "ratio" ? 2 : 0;
    const [median, min, max] = [spread.median, spread.min, spread.max].map((value) => value.toFixed(digits));
    return `${median} ${unit === "ratio" ? "×" : unit} (${min}–${max})`;
  };
  return {
    title: "Start-up, and the provider alone",
    words: true,
    header: ["", "median (spread)"],
    lines: results.figures.map((figure) => ({
      cells: [figure.title, figure.missing === undefined ? show(figure) : `not measured: ${figure.missing}`],
    })),
  };
}

/** What compressed checkpoints take off, and what the engine's default parallelism costs. */
export function switchTable(results: Results): Table | undefined {
  const lines = ["ours", "bare", "naive"].flatMap((row) =>
    [...new Set(results.cells.map(({ n }) => n))].flatMap((n) => {
      const [plain, compressed] = [row, `${row}-zstd`].map((each) => cellOf(results, each, n, 0));
      const [before, after] = [plain, compressed].map((cell) => cell?.stateBytes?.median);
      if (before === undefined || after === undefined) return [];
      const off = (["up", "update", "destroy"] as const).map((operation) => {
        const [slow, fast] = [plain, compressed].map((cell) => cell?.seconds[operation]?.median);
        return slow === undefined || fast === undefined
          ? `${operation} –`
          : `${operation} ${fast <= slow ? "−" : "+"}${Math.abs((1 - fast / slow) * 100).toFixed(0)} %`;
      });
      const title = `compressed checkpoints, ${results.titles[row] ?? row}, N=${n}`;
      return [{ cells: [title, `${off.join(", ")}; state ÷ ${short(before / after)}`] }];
    }),
  );
  for (const { n, startMs } of results.cells.filter(({ row }) => row === "ours-default")) {
    const [default_, enough] = ["ours-default", "ours-zstd"].map((row) => cellOf(results, row, n, startMs)?.seconds.up);
    if (!default_ || !enough) continue;
    lines.push({
      cells: [
        `up by the engine's default parallelism, N=${n}, start time ${startMs / 1_000} s`,
        `${seconds(default_)} s; with enough of it ${seconds(enough)} s: ${short(default_.median / enough.median)} ×`,
      ],
    });
  }
  return lines.length === 0
    ? undefined
    : { title: "The engine's own switches", words: true, header: ["", "measured"], lines };
}
