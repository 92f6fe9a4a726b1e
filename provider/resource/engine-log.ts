import { redact } from "../errors/redact.js";

type Severity = "info" | "warning";
/** Brings one line to the engine; rejects when it can't. */
export type Sender = (severity: Severity, urn: string, text: string, ephemeral: boolean) => Promise<void>;

/**
 * Lines on a resource in the engine's display, by URN. Logging never fails an operation: what can't be sent is dropped.
 */
export class EngineLog {
  readonly #send: Sender;
  readonly #underWay = new Set<Promise<void>>();

  constructor(send: Sender) {
    this.#send = send;
  }

  /** A live line: replaced by the next one. */
  progress(urn: string | undefined, text: string): void {
    this.#log("info", urn, text, true);
  }

  /** A line that stays, under the resource's name: what went well but must be known. */
  note(urn: string | undefined, text: string): void {
    this.#log("info", urn, text, false);
  }

  /** A line that stays, and stands out. */
  warn(urn: string | undefined, text: string): void {
    this.#log("warning", urn, text, false);
  }

  /** Resolves when everything logged so far has reached the engine. */
  async flush(): Promise<void> {
    if (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #log(severity: Severity, urn: string | undefined, text: string, ephemeral: boolean): void {
    if (urn === undefined || !isUrn(urn)) return;
    const sending: Promise<void> = this.#send(severity, urn, redact(text), ephemeral)
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }
}

/**
 * A malformed URN brings the engine down (observed), so nothing else is ever sent. A component's type may hold anything but
 * `::`, and a resource's name that, too (observed).
 */
export function isUrn(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what must not be in it
  return /^urn:pulumi:[^:\u0000-\u001f]+::[^:\u0000-\u001f]+::(?:[^:\u0000-\u001f]|:(?!:))+::[^\u0000-\u001f]+$/.test(
    text,
  );
}
