import { redact, registerIdentity } from "./redact.js";

/** What went wrong, as a word that programs can branch on. */
export type ErrorCode =
  | "SETTINGS_INVALID"
  | "MANIFEST_INVALID"
  | "UNAUTHORIZED"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  | "REJECTED"
  | "UNAVAILABLE"
  | "OUTCOME_UNKNOWN"
  | "UNEXPECTED_REPLY"
  | "CONNECTOR_FAILED"
  | "EDIT_ROLLED_BACK"
  | "WAIT_TIMEOUT"
  | "DELETE_BLOCKED"
  | "CANCELLED"
  | "STACK_UNUSABLE";

/** The three lines of every error: what was observed, the service's own words where known, and what the reader can do now. */
export interface Sentences {
  /** First line; stands alone: `Could not create connector "acme": …`. */
  readonly headline: string;
  /** What was observed, as the clause that the headline holds. */
  readonly observed?: string | undefined;
  /** The service's own words. */
  readonly why?: string | undefined;
  /** One thing the reader can do, now. */
  readonly next: string;
  /** The next line also says that state is kept. */
  readonly stateIsKept?: boolean | undefined;
}

/** What is known of a failure, as data. Programs decide on these and on the code, never on a sentence. */
export interface Facts {
  /** The connector's status as last seen: the service's own word. */
  readonly status?: string | undefined;
  /** HTTP status of the answer that the error is about. */
  readonly httpStatus?: number | undefined;
  /** Time since the operation began. */
  readonly elapsedMs?: number | undefined;
  /** The `x-request-id` that the request carried, for the service's operator. */
  readonly requestId?: string | undefined;
  /** The service's own words. */
  readonly why?: string | undefined;
}

const tag = "pulumi-dataspace/ConnectorError";

/**
 * The one error this package throws. Recognised by {@link isConnectorError} (tag and code), never by `instanceof`: two
 * copies of the package may meet in one process. It keeps no `cause`, and its `stack` has no frames, because the engine
 * prints both and a cause may carry what the service echoed.
 */
export class ConnectorError extends Error {
  readonly tag = tag;
  readonly code: ErrorCode;
  /** The connector's name, where the error is about one. */
  readonly connector: string | undefined;
  /** Only what is known. Not enumerable, as `sentences`: the engine would print it beside the message. */
  declare readonly facts: Facts;
  /** The parts of its message. */
  declare readonly sentences: Sentences;

  constructor(code: ErrorCode, sentences: Sentences, connector?: string, facts: Facts = {}) {
    if (connector !== undefined) registerIdentity(connector);
    super(render(sentences));
    const parts = redacted(sentences);
    const known = Object.entries({ ...facts, why: parts.why }).filter(([, value]) => value !== undefined);
    Object.defineProperty(this, "sentences", { value: parts, enumerable: false });
    Object.defineProperty(this, "facts", { value: Object.fromEntries(known), enumerable: false });
    this.name = "ConnectorError";
    this.code = code;
    this.connector = connector;
    this.stack = this.message;
    // The engine prints `${error}: ${error.stack}`: the code, then the text once.
    Object.defineProperty(this, "toString", { value: () => `ConnectorError ${code}`, enumerable: false });
  }
}

export function isConnectorError(error: unknown): error is ConnectorError {
  return typeof error === "object" && error !== null && "tag" in error && error.tag === tag && "code" in error;
}

function redacted(sentences: Sentences): Sentences {
  const parts = Object.entries(sentences).map(([part, text]: [string, unknown]) => [
    part,
    typeof text === "string" ? redact(text) : text,
  ]);
  return Object.fromEntries(parts) as Sentences;
}

function render({ headline, why, next, stateIsKept }: Sentences): string {
  const lines = [headline];
  if (why !== undefined && why !== "") lines.push(`Why: ${why}`);
  lines.push(`Next: ${next}${stateIsKept === true ? " Nothing is lost: state is kept." : ""}`);
  return redact(lines.join("\n"));
}
