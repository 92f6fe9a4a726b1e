import { L2 } from "../floors.ts";
import { cellOf, operations, type Cell, type Operation, type Results } from "../results.ts";
import { megabytes, none, seconds, short } from "./format.ts";
import type { Table } from "./table.ts";

const columns: Record<Operation, string> = {
  up: "up",
  again: "no-op up",
  refresh: "refresh",
  update: "update all",
  destroy: "destroy",
};

/** Two tables for every size and start time: times and sizes, and what the service was asked. */
export function tablesOf(results: Results): Table[] {
  const sizes = new Map(results.cells.map(({ n, startMs }) => [`${n} ${startMs}`, { n, startMs }]));
  const sorted = [...sizes.values()].sort((one, other) => one.n - other.n || one.startMs - other.startMs);
  return sorted.flatMap(({ n, startMs }) => {
    const cells = Object.keys(results.titles).flatMap((row) => cellOf(results, row, n, startMs) ?? []);
    const measured = cells.filter(({ runs }) => runs > 0);
    const about = `N=${n}, start time ${startMs / 1_000} s`;
    const parallel = cells[0]?.parallel;
    const lines = cells.map((cell) => timesOf(results, cell));
    const floor = L2(results, n, startMs);
    if (floor) {
      const at = cells.filter(({ row }) => row === "floor" || row.startsWith("bare")).length;
      const words = operations.map((operation) => short(floor[operation]));
      lines.splice(at, 0, { cells: ["L2: max(L0, L1)", ...words, ...sideColumns.map(() => "")], bad: false });
    }
    return [
      {
        title: `${about}, parallelism ${parallel ?? "the engine's default"}: seconds`,
        header: ["row", ...operations.map((operation) => columns[operation]), ...sideColumns],
        lines,
        notes: [...new Set(cells.flatMap((cell) => noteOf(results, cell)))],
      },
      {
        title: `${about}: requests, per connector`,
        header: ["row", ...operations.map((operation) => columns[operation])],
        lines: measured
          .filter(({ row }) => !row.startsWith("bare"))
          .map((cell) => ({
            cells: [titleOf(results, cell), ...operations.map((operation) => requestsIn(cell, operation))],
          })),
      },
    ];
  });
}

const sideColumns = [
  "provider",
  "engine",
  "state on disk",
  "as JSON",
  "restarts",
  "duplicates",
  "orphans",
  "emulator CPU s",
];

function timesOf(results: Results, cell: Cell): Table["lines"][number] {
  const title = titleOf(results, cell);
  if (cell.runs === 0)
    return { cells: [title, "not measured", ...operations.slice(1).map(() => none), ...sideColumns.map(() => none)] };
  const perConnector = (key: "stateBytes" | "compactStateBytes") => {
    const bytes = cell[key]?.median;
    return bytes === undefined ? none : `${Math.round(bytes / cell.n)} B`;
  };
  const { restarts, duplicates, orphans, memory, emulatorCpu } = cell;
  return {
    cells: [
      title,
      ...operations.map((operation) => seconds(cell.seconds[operation])),
      megabytes(memory.provider),
      megabytes(memory.engine),
      perConnector("stateBytes"),
      perConnector("compactStateBytes"),
      String(restarts?.max),
      String(duplicates.most),
      String(orphans.most),
      emulatorCpu ? short(emulatorCpu.median) : none,
    ],
    bad: cell.failed > 0 || duplicates.most !== 0 || orphans.most !== 0,
  };
}

function titleOf(results: Results, { row }: Cell): string {
  return results.titles[row] ?? row;
}

function noteOf(results: Results, cell: Cell): string[] {
  return cell.missing === undefined ? [] : [`${titleOf(results, cell)}: ${cell.missing}.`];
}

/** `1 create, 0.02 list`; of the run in the middle. */
function requestsIn({ requests, n }: Cell, operation: Operation): string {
  const parts = Object.entries(requests[operation]?.calls ?? {}).flatMap(([call, { median, max }]) =>
    max > 0 ? [`${short(median / n).replace(/\.?0+$/, "")} ${call}`] : [],
  );
  return parts.join(", ") || "none";
}
