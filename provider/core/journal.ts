import { openSync, writeSync } from "node:fs";
import type { RequestRecord } from "../api/outcome.js";
import type { ConnectorError } from "../errors/connector-error.js";
import { redact } from "../errors/redact.js";
import type { Origins } from "../credentials/origins.js";
import type { Progress } from "../lifecycle/progress-line.js";

/** What a line is about: identities, and never redacted, because pipelines decide by them. */
export interface Subject {
  readonly account: string | undefined;
  /** Its name at the service; `undefined`: not known yet. */
  readonly connector: string | undefined;
  readonly urn: string | undefined;
}

/**
 * What this process sends, sees and ends with, as lines of JSON appended to a file that pipelines read for their reports: names,
 * kinds, statuses and our own sentences, never a body or a header. Several processes may share the file. What can't be written is dropped: a
 * journal never fails an operation.
 */
export class Journal {
  readonly #file: number;

  private constructor(path: string) {
    this.#file = openSync(path, "a", 0o600);
  }

  /** @param path what DATASPACE_JOURNAL names; without it there is no journal, and no cost */
  static open(path: string | undefined): Journal | undefined {
    if (path === undefined || path === "") return undefined;
    try {
      return new Journal(path);
    } catch {
      return undefined;
    }
  }

  /** One attempt at a request, answered or not. */
  request(account: string | undefined, { call, connector, status, ms }: RequestRecord): void {
    this.#write({ kind: "request", call, account, connector, status, ms: Math.round(ms) });
  }

  /** A status that an operation waits out or for. */
  status(about: Subject, { status: word, elapsedMs, restartAwaited }: Progress): void {
    const status = word === undefined ? undefined : redact(word);
    this.#write({ kind: "status", ...about, status, elapsedMs: Math.round(elapsedMs), restartAwaited });
  }

  /** A live line on a resource: the engine is sent the same as a sentence, right after. */
  waiting(urn: string | undefined, { status, elapsedMs, restartAwaited }: Progress): void {
    if (urn !== undefined)
      this.#write({ kind: "waiting", urn, status, elapsedMs: Math.round(elapsedMs), restartAwaited });
  }

  /** The error that a call on a resource is answered with, as the engine is sent it right after. */
  refused(urn: string | undefined, { message }: ConnectorError): void {
    if (urn !== undefined) this.#write({ kind: "refused", urn, text: message });
  }

  /** The end of an operation; `undefined`: it succeeded. */
  ended(about: Subject, error: ConnectorError | undefined): void {
    const { status, why, ...facts } = error?.facts ?? {};
    const [word, words] = [status, why].map((text) => (text === undefined ? undefined : redact(text)));
    this.#write({
      kind: "ended",
      ...about,
      code: error?.code,
      ...(error ? { facts: { ...facts, status: word, why: words } } : {}),
    });
  }

  /** An account that this process asks, and where it is. */
  account(account: string | undefined, endpoint: string): void {
    this.#write({ kind: "account", account, endpoint });
  }

  /** Where a connector's credentials come from. */
  checked(about: Subject, { literals, withoutPrevious }: Origins): void {
    this.#write({ kind: "checked", ...about, literals, withoutPrevious });
  }

  /**
   * Paths of the fields that differ: between state and program (`diff`), or state and service (`read`). Only this process sees
   * the values of those that are secret.
   */
  compared(by: "diff" | "read", about: Subject, paths: readonly string[]): void {
    this.#write({ kind: "compared", by, ...about, paths });
  }

  #write(line: object): void {
    try {
      writeSync(this.#file, `${JSON.stringify({ at: Date.now(), ...line })}\n`);
    } catch {
      // A journal never fails an operation.
    }
  }
}
