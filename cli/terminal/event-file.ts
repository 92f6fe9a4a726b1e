import { closeSync, openSync, writeSync } from "node:fs";

/** NDJSON: one event a line, appended as it happens. */
export class EventFile {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, "a");
  }

  write(event: object): void {
    writeSync(this.#file, `${JSON.stringify(event)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
