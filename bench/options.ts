import { parseArgs } from "node:util";
import type { Kind } from "./results.ts";

export const help = `npm run bench [-- quick | -- page] [-- flags]

  (nothing)        the whole suite, at most 75 minutes
  quick            a small one, at most 5 minutes
  page             writes docs/benchmarks.md anew from bench/results/latest.json

  --only WHAT      rows (the tables of rows and sizes) or probes (start-up, the provider alone)
  --n N,N          only these numbers of connectors; one that the suite lacks is measured once
  --start S,S      only these start times of the service, in seconds
  --rows ID,ID     only these rows
  --times R        repetitions, instead of the suite's
  --minutes M      another limit
  --list           says what would be measured, and ends

A run writes bench/results/runs.json as it goes, which git ignores. A run that ends, and that no flag narrows, also writes
latest.json, the summary that git holds; the whole suite writes docs/benchmarks.md, too.`;

export interface Options {
  readonly kind: Kind;
  readonly quick: boolean;
  readonly only: string | undefined;
  readonly sizes: readonly number[] | undefined;
  readonly starts: readonly number[] | undefined;
  readonly rows: readonly string[] | undefined;
  readonly times: number | undefined;
  readonly minutes: number;
  readonly list: boolean;
}

/** @throws for what can't be meant */
export function readOptions(argv: readonly string[], known: readonly string[]): Options | "help" | "page" {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      only: { type: "string" },
      n: { type: "string" },
      start: { type: "string" },
      rows: { type: "string" },
      times: { type: "string" },
      minutes: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const [word] = positionals;
  if (word === "page") return "page";
  if (word !== undefined && word !== "quick") throw new Error(`"${word}" is neither quick nor page`);
  const quick = word === "quick";
  if (values.only !== undefined && !["rows", "probes"].includes(values.only))
    throw new Error("--only is rows or probes");
  const sizes = values.n?.split(",").map(Number);
  if (sizes?.some((n) => !Number.isInteger(n) || n < 1)) throw new Error("--n takes whole numbers, like 10,100");
  const starts = values.start?.split(",").map(Number);
  if (starts?.some((seconds) => !(seconds >= 0))) throw new Error("--start takes seconds, like 0,2");
  const rows = values.rows?.split(",");
  const unknown = rows?.find((row) => !known.includes(row));
  if (unknown !== undefined) throw new Error(`there is no row "${unknown}"; there are ${known.join(", ")}`);
  const minutes = values.minutes === undefined ? (quick ? 5 : 75) : Number(values.minutes);
  if (!(minutes > 0)) throw new Error("--minutes takes a number");
  const times = values.times === undefined ? undefined : Number(values.times);
  if (times !== undefined && !(times >= 1)) throw new Error("--times takes a number");
  const part = [values.only, sizes, starts, rows, times].some((given) => given !== undefined);
  return {
    kind: part ? "part" : quick ? "quick" : "full",
    quick,
    only: values.only,
    sizes,
    starts,
    rows,
    times,
    minutes,
    list: values.list,
  };
}
