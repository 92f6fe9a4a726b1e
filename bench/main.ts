/** `npm run bench`: everything in one run, the rows taking turns; a table in the terminal, and what was found as JSON. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { busyNote, busyShare, machineFacts, toolVersions } from "./machine.ts";
import { notes } from "./notes.ts";
import { help, readOptions, type Options } from "./options.ts";
import { probes } from "./probes/index.ts";
import { pageOf, textOf } from "./report/report.ts";
import type { Figure, Results } from "./results.ts";
import { rows } from "./rows/index.ts";
import type { Measured, MeasuredCell } from "./runs.ts";
import { slotsOf } from "./schedule.ts";
import { Suite } from "./suite.ts";
import { readSummary, summaryOf, textOfSummary } from "./summary.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const latest = at("results/latest.json");
const runs = at("results/runs.json");
const page = at("../docs/benchmarks.md");
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const reasons = readJson(at("reasons.json")) as Record<string, string>;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(
      argv,
      rows.map(({ id }) => id),
    );
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 1;
  }
  if (options === "help") return (console.log(help), 0);
  if (options === "page") {
    const results = readSummary(readFileSync(latest, "utf8"));
    if (results.kind !== "full") return (console.error(`${latest} is of a quick run; the page takes a full one.`), 1);
    writeFileSync(page, pageOf(results, reasons));
    return (console.log(`Written: ${page}`), 0);
  }
  const slots = options.only === "probes" ? [] : slotsOf(options);
  if (options.list) return (console.table(slots), 0);
  const results = await measureAll(options, slots);
  if (results.kind === "full") writeFileSync(page, pageOf(results, reasons));
  console.log(textOf(results, reasons, process.stdout.isTTY));
  return 0;
}

async function measureAll(options: Options, slots: ReturnType<typeof slotsOf>): Promise<Results> {
  const startedAt = new Date().toISOString();
  const begin = performance.now();
  const busy = await busyShare();
  const tools = toolVersions();
  const figures: Figure[] = [];
  for (const probe of options.only === "rows" ? [] : probes) {
    console.log(`[bench] ${probe.title}`);
    figures.push(...(await probe.run(options.quick)));
  }
  const suite = new Suite(rows, begin + options.minutes * 60_000, (line) => console.log(`[bench] ${line}`));
  mkdirSync(dirname(runs), { recursive: true });
  const keep = (cells: readonly MeasuredCell[]): Measured => {
    const measured: Measured = {
      kind: options.kind,
      startedAt,
      seconds: (performance.now() - begin) / 1_000,
      machine: machineFacts(busy),
      versions: Object.assign({ ...tools }, ...rows.map((row) => row.versions?.())) as Record<string, string>,
      titles: Object.fromEntries(rows.map(({ id, title }) => [id, title])),
      notes: [...notes, ...busyNote(busy)],
      cells,
      figures,
    };
    writeFileSync(runs, `${JSON.stringify(measured, undefined, 1)}\n`);
    return measured;
  };
  // Kept as it grows: what an hour has measured isn't lost with the terminal, and isn't taken for a whole run either.
  const summary = summaryOf(keep(await suite.run(slots, keep)));
  if (options.kind !== "part") writeFileSync(latest, textOfSummary(summary));
  return summary;
}
