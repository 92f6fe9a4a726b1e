import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { readJournal, type JournalLine } from "./journal.js";

/** What comes to a journal from now on, as it comes. */
export class JournalTail {
  /** Bytes that were read as whole lines. */
  #at: number;

  constructor(private readonly path: string) {
    this.#at = this.#from((file) => fstatSync(file).size) ?? 0;
  }

  /** The whole lines since the last call. Nothing where there is no journal. */
  next(): readonly JournalLine[] {
    const added = this.#from((file) => {
      const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - this.#at));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, this.#at));
    });
    // The rest of a line that is being written comes with the next call.
    const whole = added?.subarray(0, added.lastIndexOf("\n") + 1);
    if (!whole || whole.length === 0) return [];
    this.#at += whole.length;
    return readJournal(whole.toString());
  }

  #from<T>(read: (file: number) => T): T | undefined {
    try {
      const file = openSync(this.path, "r");
      try {
        return read(file);
      } finally {
        closeSync(file);
      }
    } catch {
      return undefined;
    }
  }
}
