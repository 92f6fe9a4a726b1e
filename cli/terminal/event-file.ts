import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** NDJSON: one event per line, appended as it happens. Only its owner can read a new file. */
export class EventFile {
  readonly #file: number;
  #lost = false;

  /**
   * Creates missing folders.
   *
   * @param onLost called once, with a sentence, when the file takes no more events; the run goes on without it
   * @throws Error with a next step when the file cannot be written
   */
  constructor(
    private readonly path: string,
    private readonly onLost: (text: string) => void,
  ) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#file = openSync(path, "a", 0o600);
      // A device that takes nothing says so at once.
      writeSync(this.#file, "");
    } catch (error) {
      throw new Error(`${this.#unwritten(error)}\nNext: Give --events a file in a writable folder.`, {
        cause: error,
      });
    }
  }

  write(event: object): void {
    if (this.#lost) return;
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    let written = 0;
    try {
      while (written < line.length) written += writeSync(this.#file, line, written);
    } catch (error) {
      this.#lost = true;
      this.#takeBack(written);
      this.onLost(this.#unwritten(error));
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Half a line is worse than none. */
  #takeBack(bytes: number): void {
    try {
      if (bytes > 0) ftruncateSync(this.#file, fstatSync(this.#file).size - bytes);
    } catch {
      // A pipe keeps what it has taken.
    }
  }

  #unwritten(error: unknown): string {
    return `Could not write events to "${this.path}": ${(error as Error).message}.`;
  }
}
