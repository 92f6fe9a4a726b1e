import { formatDuration } from "../../provider/time/duration.js";

/** What the engine says of a lock that keeps it from a stack. */
export interface Lock {
  /** `root@host (pid 12) since 2026-11-24T20:00:00Z (57m)`, of every lock there is. */
  readonly holder: string;
  /** The stack that is locked, where the lock's place tells. */
  readonly stack?: string;
}

/** The engine lists the locks and then reads them: one that was released in between is an error to it (read in its source). */
const vanished = /blob \(key "[^"]*\.pulumi\/locks\/[^"]*"\) \(code=NotFound\)/;

/** The lock that the engine or the CLI complains of; `undefined`: it doesn't. */
export function lockIn(output: string): Lock | undefined {
  const text = /the stack is currently locked by[\s\S]*/.exec(output)?.[0] ?? vanished.exec(output)?.[0];
  if (text === undefined) return undefined;
  const [, stack] = /\.pulumi\/locks\/(?:[^\s"/]+\/)*([^\s"/]+)\/[^\s"/]+\.json/.exec(text) ?? [];
  return { holder: holderIn(text), ...(stack === undefined ? {} : { stack }) };
}

function holderIn(text: string): string {
  const holders = [...text.matchAll(/created by (.+?) at (\d{4}-\S+)/g)].map(([, who = "", at = ""]) => {
    const ageMs = Date.now() - Date.parse(at);
    return `${who} since ${at}${Number.isNaN(ageMs) ? "" : ` (${formatDuration(Math.max(0, ageMs))})`}`;
  });
  return [...new Set(holders)].join(", ") || "an unknown run, or one that has just ended";
}
