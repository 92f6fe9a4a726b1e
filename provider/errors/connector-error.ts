import { redact } from "./redact.js";

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
  /** The service's own words. */
  readonly why?: string | undefined;
  /** One thing the reader can do, now. */
  readonly next: string;
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
  /** The lines of its message, for a sentence that goes on. Not enumerable: the message says it all. */
  declare readonly sentences: Sentences;

  constructor(code: ErrorCode, sentences: Sentences, connector?: string) {
    super(render(sentences));
    Object.defineProperty(this, "sentences", { value: redacted(sentences), enumerable: false });
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

function redacted({ headline, why, next }: Sentences): Sentences {
  return { headline: redact(headline), why: why === undefined ? undefined : redact(why), next: redact(next) };
}

function render({ headline, why, next }: Sentences): string {
  const lines = [headline];
  if (why !== undefined && why !== "") lines.push(`Why: ${why}`);
  lines.push(`Next: ${next}`);
  return redact(lines.join("\n"));
}
