import { formatDuration } from "../../provider/time/duration.js";

/** What the engine says of a lock that keeps it from a stack. */
export interface Lock {
  /** `root@host (pid 12) since 2026-11-24T20:00:00Z (57m)`, of every lock there is. */
  readonly holder: string;
  /** The stack that is locked, where the lock's place tells. */
  readonly stack?: string;
}

/** The engine lists the locks and then reads them: one that was released in between is an error to it (read in its source). */
const vanished = /blob \(key "([^"]*)"\) \(code=NotFound\)/g;
const locks = ".pulumi/locks/";

/** The lock that the engine or the CLI complains of; `undefined`: it doesn't. */
export function lockIn(output: string): Lock | undefined {
  const said = output.indexOf("the stack is currently locked by");
  const gone = [...output.matchAll(vanished)].find(([, key = ""]) => key.includes(locks))?.[0];
  const text = said === -1 ? gone : output.slice(said);
  if (text === undefined) return undefined;
  const place = text.split(/[\s":?]/).find((word) => word.includes(locks) && word.endsWith(".json"));
  const stack = place
    ?.slice(place.indexOf(locks) + locks.length)
    .split("/")
    .at(-2);
  return { holder: holderIn(text), ...(stack === undefined ? {} : { stack }) };
}

function holderIn(text: string): string {
  const holders = [...text.matchAll(/created by ((?:(?!created by ).)+?) at (\d{4}-\S+)/g)].map(
    ([, who = "", at = ""]) => {
      const ageMs = Date.now() - Date.parse(at);
      return `${who} since ${at}${Number.isNaN(ageMs) ? "" : ` (${formatDuration(Math.max(0, ageMs))})`}`;
    },
  );
  return [...new Set(holders)].join(", ") || "an unknown run, or one that has just ended";
}
