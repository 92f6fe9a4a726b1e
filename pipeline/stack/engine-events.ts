import type { DiagnosticEvent, EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { redact } from "../../provider/errors/redact.js";
import { formatDuration } from "../../provider/time/duration.js";
import type { Emit, Operation } from "../run/events.js";
import type { JournalLine } from "../run/journal.js";
import type { JournalTail } from "../run/journal-tail.js";
import { isConnector, keyOf } from "./urn.js";

/** An error or warning of the engine, and whose it is. */
export interface ResourceError {
  /** Key of the connector; absent when it is about none. */
  readonly key?: string;
  readonly text: string;
  /** The provider wrote it, which means that the engine came to the connector. */
  readonly ours?: true;
}

const operations: Readonly<Record<string, Operation>> = {
  create: "create",
  "create-replacement": "create",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
  refresh: "refresh",
  read: "read",
};

/**
 * Turns the engine's events into the pipeline's, and collects what went wrong. What the provider observed and said comes from its
 * journal, which is always ahead of the engine; of the engine's texts, nothing that may hold words of a service is taken apart.
 */
export class EngineTranslator {
  readonly errors: ResourceError[] = [];
  readonly warnings: ResourceError[] = [];
  /** What the provider notes on connectors, in the engine's severity for it. */
  readonly notes: ResourceError[] = [];

  /** The provider's errors, by key. */
  readonly #refused = new Map<string, string[]>();

  constructor(
    private readonly emit: Emit,
    private readonly journal: Pick<JournalTail, "next">,
  ) {}

  take(event: EngineEvent): void {
    for (const line of this.journal.next()) this.#written(line);
    if (event.diagnosticEvent) this.#diagnostic(event.diagnosticEvent);
    if (event.resourcePreEvent && !event.resourcePreEvent.planning)
      this.#step("begun", event.resourcePreEvent.metadata);
    if (event.resOutputsEvent && !event.resOutputsEvent.planning)
      this.#step("ended", event.resOutputsEvent.metadata, true);
    if (event.resOpFailedEvent) this.#step("ended", event.resOpFailedEvent.metadata, false);
  }

  #written(line: JournalLine): void {
    if ((line.kind !== "waiting" && line.kind !== "refused") || !isConnector(line.urn)) return;
    const key = keyOf(line.urn);
    if (line.kind === "refused") {
      this.#refused.set(key, [...(this.#refused.get(key) ?? []), line.text]);
      return;
    }
    const { status, restartAwaited, elapsedMs } = line;
    this.emit({ type: "status", key, status: status ?? "absent", elapsed: formatDuration(elapsedMs), restartAwaited });
  }

  #step(type: "begun" | "ended", { urn, op }: StepEventMetadata, ok = true): void {
    const operation = operations[op];
    if (!isConnector(urn) || operation === undefined) return;
    const key = keyOf(urn);
    if (type === "begun") this.emit({ type, key, operation });
    else this.emit({ type, key, operation, ok });
  }

  #diagnostic({ urn, message, severity, ephemeral }: DiagnosticEvent): void {
    const key = urn !== undefined && isConnector(urn) ? keyOf(urn) : undefined;
    const about = key === undefined ? {} : { key };
    if (severity === "info" && key !== undefined && !ephemeral) {
      const text = linesOf(message);
      if (text === "") return;
      this.notes.push({ ...about, text });
      this.emit({ type: "note", ...about, text });
    } else if (severity === "warning") {
      const text = linesOf(message);
      if (text === "") return;
      this.warnings.push({ ...about, text });
      this.emit({ type: severity, ...about, text });
    } else if (severity === "error") {
      const ours = key === undefined ? undefined : this.#refusedIn(key, message);
      const text = ours ?? unwrapped(message);
      if (text === "" || (key === undefined && isEcho(text))) return;
      this.errors.push({ ...about, text, ...(ours === undefined ? {} : { ours: true }) });
      this.emit({ type: severity, ...about, text });
    }
  }

  /** The provider's own error that the engine passes on in this message. */
  #refusedIn(key: string, message: string): string | undefined {
    const passedOn = flat(redact(message));
    return this.#refused.get(key)?.findLast((text) => passedOn.includes(flat(text)));
  }
}

/**
 * What the engine and the SDK say of an error that a resource has told already. They write the beginning; what follows may hold
 * anybody's words.
 */
function isEcho(text: string): boolean {
  return /^(?:update|preview|refresh|destroy) failed$|^Unhandled exception: (?:\w*Error: )?(?:failed to register new resource |resource \S+ \[[^\]]*\] failed to register)/.test(
    text,
  );
}

/** An error of the engine's own, without what it writes around it. */
function unwrapped(message: string): string {
  return linesOf(message.replace(/^(?:Preview failed|update failed|creating|updating|deleting|error): ?/i, ""))
    .split("\n")
    .map((line) => line.replace(/^\* ?/, ""))
    .filter((line) => line !== "" && !/^\d+ errors? occurred:?$/.test(line))
    .join("\n");
}

/** The lines that say something. */
function linesOf(message: string): string {
  return redact(message)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
