import type logUpdate from "log-update";
import type { PipelineEvent } from "../../pipeline/index.js";
import type { Terminal } from "./terminal.js";

const mostLines = 20;

/** One live line per connector in a terminal; elsewhere a line for every change of status. */
export class LiveLines {
  readonly #lines = new Map<string, string>();
  #drawer: typeof logUpdate | undefined;
  readonly #loading: Promise<void> | undefined;

  constructor(private readonly terminal: Terminal) {
    if (!terminal.redraws) return;
    this.#loading = import("log-update").then(({ logUpdateStderr }) => {
      this.#drawer = logUpdateStderr;
      this.#draw();
    });
    this.#loading.catch(() => undefined);
  }

  show(event: PipelineEvent): void {
    switch (event.type) {
      case "phase":
        return this.#above(event.text);
      case "begun":
        if (isRead(event.operation)) return;
        return this.#set(event.key, `${event.operation} …`);
      case "status": {
        const waiting = event.restartAwaited ? ", waiting for the restart" : "";
        return this.#set(event.key, `${event.status} ${event.elapsed}${waiting}`);
      }
      case "ended": {
        if (isRead(event.operation) && event.ok) return;
        const last = this.#lines.get(event.key) ?? "";
        this.#lines.delete(event.key);
        return this.#above(`${event.ok ? "✓" : "✗"} ${event.key}  ${last}`.trimEnd());
      }
      case "note":
        return this.#above(event.text);
      case "warning":
        return this.#above(`warning: ${event.key === undefined ? "" : `${event.key}: `}${event.text}`);
      case "error":
        // The text is a sentence that names the connector.
        return this.#above(event.text, (text) => this.terminal.complain(text));
      case "plan":
        return;
    }
  }

  end(): void {
    this.#lines.clear();
    this.#drawer?.clear();
    this.#drawer?.done();
  }

  #set(key: string, text: string): void {
    if (this.#lines.get(key) === text) return;
    this.#lines.set(key, text);
    if (this.terminal.redraws) this.#draw();
    else this.terminal.say(`  ${key}  ${text}`);
  }

  /** A line that stays. */
  #above(text: string, say = (line: string) => this.terminal.say(line)): void {
    this.#drawer?.clear();
    say(text);
    this.#draw();
  }

  #draw(): void {
    // An empty frame would print an empty line, and move the cursor away from a question.
    if (this.#lines.size === 0) return;
    const lines = [...this.#lines].slice(0, mostLines).map(([key, text]) => `  ${key}  ${text}`);
    const hidden = this.#lines.size - lines.length;
    this.#drawer?.([...lines, ...(hidden > 0 ? [`  and ${hidden} more`] : [])].join("\n"));
  }
}

/** A refresh or a read: there are many, they are short, and they change nothing. */
function isRead(operation: string): boolean {
  return operation === "refresh" || operation === "read";
}
