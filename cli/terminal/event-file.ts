import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** NDJSON: one event per line, appended as it happens. */
export class EventFile {
  readonly #file: number;

  /** Creates missing folders. @throws Error with a next step when the file cannot be written */
  constructor(path: string) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#file = openSync(path, "a");
    } catch (error) {
      const { message } = error as Error;
      throw new Error(
        `Could not write events to "${path}": ${message}.\nNext: Give --events a file in a folder that can be written to.`,
        { cause: error },
      );
    }
  }

  write(event: object): void {
    writeSync(this.#file, `${JSON.stringify(event)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
