import { L2 } from "../floors.ts";
import {
  cellOf,
  memoryOf,
  operations,
  over,
  secondsOf,
  spreadOf,
  type Cell,
  type Operation,
  type Results,
} from "../results.ts";
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
    const measured = cells.filter(({ runs }) => runs.length > 0);
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
  if (cell.runs.length === 0)
    return { cells: [title, "not measured", ...operations.slice(1).map(() => none), ...sideColumns.map(() => none)] };
  const perConnector = (key: "stateBytes" | "compactStateBytes") => {
    const bytes = over(cell, (run) => run[key])?.median;
    return bytes === undefined ? none : `${Math.round(bytes / cell.n)} B`;
  };
  const [restarts, duplicates, orphans] = (["restarts", "duplicates", "orphans"] as const).map((key) =>
    Math.max(...cell.runs.map((run) => run[key])),
  );
  const failed = cell.runs.some((run) => run.failure !== undefined);
  return {
    cells: [
      title,
      ...operations.map((operation) => seconds(secondsOf(cell, operation))),
      megabytes(memoryOf(cell, "provider")),
      megabytes(memoryOf(cell, "engine")),
      perConnector("stateBytes"),
      perConnector("compactStateBytes"),
      String(restarts),
      String(duplicates),
      String(orphans),
      emulatorCpu(cell),
    ],
    bad: failed || duplicates !== 0 || orphans !== 0,
  };
}

function titleOf(results: Results, { row }: Cell): string {
  return results.titles[row] ?? row;
}

function noteOf(results: Results, cell: Cell): string[] {
  return cell.missing === undefined ? [] : [`${titleOf(results, cell)}: ${cell.missing}.`];
}

function emulatorCpu(cell: Cell): string {
  const values = cell.runs.map((run) =>
    Object.values(run.operations).reduce((sum, { emulatorCpu: cpu = 0 }) => sum + cpu, 0),
  );
  return values.length === 0 ? none : short(spreadOf(values).median);
}

/** `1 create, 0.02 list`; of the run in the middle. */
function requestsIn(cell: Cell, operation: Operation): string {
  const calls = new Set(cell.runs.flatMap((run) => Object.keys(run.operations[operation]?.requests ?? {})));
  const parts = [...calls].sort().map((call) => {
    const counts = over(cell, (run) => run.operations[operation] && (run.operations[operation].requests[call] ?? 0));
    return counts && counts.max > 0 ? `${short(counts.median / cell.n).replace(/\.?0+$/, "")} ${call}` : undefined;
  });
  return parts.filter((part) => part !== undefined).join(", ") || "none";
}
