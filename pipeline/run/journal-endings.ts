import type { JournalLine } from "./journal.js";

/** How the last operation on each connector ended, and what check said of its credentials, by its name at the service. */
export function endingsIn(journal: readonly JournalLine[]) {
  const codes = new Map<string, string>();
  const withoutPrevious = new Map<string, readonly string[]>();
  const literals = new Map<string, readonly string[]>();
  for (const line of journal) {
    if (line.kind === "ended") {
      if (line.code === undefined) codes.delete(line.connector);
      else codes.set(line.connector, line.code);
    } else if (line.kind === "checked") {
      withoutPrevious.set(line.connector, line.withoutPrevious);
      literals.set(line.connector, line.literals);
    }
  }
  return { codes, withoutPrevious, literals };
}
