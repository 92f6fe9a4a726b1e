import type { DiagnosticEvent, EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { redact } from "../../provider/errors/redact.js";
import { readProgressLine } from "../../provider/lifecycle/progress-line.js";
import { formatDuration } from "../../provider/time/duration.js";
import type { Emit, Operation } from "../run/events.js";
import { isConnector, keyOf } from "./urn.js";

/** An error or warning of the engine, and whose it is. */
export interface ResourceError {
  /** Key of the connector; absent when it is about none. */
  readonly key?: string;
  readonly text: string;
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

/** Turns the engine's events into the pipeline's, and collects what went wrong. */
export class EngineTranslator {
  readonly errors: ResourceError[] = [];
  readonly warnings: ResourceError[] = [];
  /** What the provider notes on connectors, in the engine's severity for it. */
  readonly notes: ResourceError[] = [];

  constructor(private readonly emit: Emit) {}

  take(event: EngineEvent): void {
    if (event.diagnosticEvent) this.#diagnostic(event.diagnosticEvent);
    if (event.resourcePreEvent && !event.resourcePreEvent.planning)
      this.#step("begun", event.resourcePreEvent.metadata);
    if (event.resOutputsEvent && !event.resOutputsEvent.planning)
      this.#step("ended", event.resOutputsEvent.metadata, true);
    if (event.resOpFailedEvent) this.#step("ended", event.resOpFailedEvent.metadata, false);
  }

  #step(type: "begun" | "ended", { urn, op }: StepEventMetadata, ok = true): void {
    const operation = operations[op];
    if (!isConnector(urn) || operation === undefined) return;
    const key = keyOf(urn);
    if (type === "begun") this.emit({ type, key, operation });
    else this.emit({ type, key, operation, ok });
  }

  #diagnostic({ urn, message, severity, ephemeral }: DiagnosticEvent): void {
    const key = urn !== undefined && isConnector(urn) ? { key: keyOf(urn) } : {};
    const live = ephemeral && "key" in key ? liveLine(message) : undefined;
    if (live && "key" in key) return this.emit({ type: "status", key: key.key, ...live });
    const text = textOf(message);
    if (text === "" || (!("key" in key) && isEcho(text))) return;
    if (severity === "info" && "key" in key && !ephemeral) {
      this.notes.push({ ...key, text });
      this.emit({ type: "note", ...key, text });
    } else if (severity === "error" || severity === "warning") {
      (severity === "error" ? this.errors : this.warnings).push({ ...key, text });
      this.emit({ type: severity, ...key, text });
    }
  }
}

/** What the provider logs while it waits. */
function liveLine(message: string) {
  const progress = readProgressLine(message.trim());
  if (!progress) return undefined;
  const { status, elapsedMs, restartAwaited } = progress;
  return { status, elapsed: formatDuration(elapsedMs), restartAwaited };
}

/** What the engine and the program's host say of an error that a resource has told already. */
function isEcho(text: string): boolean {
  return /^(update|preview|refresh|destroy) failed$|^Unhandled exception: [\s\S]*failed to register/.test(text);
}

/** The sentence itself, without what the engine writes around it, and with its lines as they were. */
function textOf(message: string): string {
  const lines = redact(message)
    .replace(/^(?:Preview failed|update failed|creating|updating|deleting|error): ?/i, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .filter((line) => line !== "" && !/^\d+ errors? occurred:?$/.test(line));
  return lines.join("\n");
}
