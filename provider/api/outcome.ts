import type { RequestTrouble } from "../errors/messages/request.js";
import { redact } from "../errors/redact.js";
import { formatDuration } from "../time/duration.js";

/** One method of the client each; `token`: the request for an access token. */
export type CallName = "create" | "edit" | "list" | "get" | "start" | "stop" | "fail" | "delete" | "token";

/** Calls that may be repeated at will. The power calls are GETs too, but with effects (specified). */
const reads: ReadonlySet<CallName> = new Set(["list", "get", "token"]);

export function isRead(call: CallName): boolean {
  return reads.has(call);
}

/** One attempt that reached the service, or may have. */
export interface RequestRecord {
  readonly call: CallName;
  /** The connector that it is about; none for a list. */
  readonly connector: string | undefined;
  /** HTTP status; `undefined`: there was no answer. */
  readonly status: number | undefined;
  /** The answer's Date header. */
  readonly date: string | undefined;
  readonly ms: number;
}

/**
 * What a failed request did to the service. `neverSent`: nothing. `throttled`: nothing, for now. `refused`: nothing, it said no.
 * `unknown`: it may or may not have taken effect.
 */
export type Outcome = "neverSent" | "throttled" | "refused" | "unknown";

/** One request that failed, after the repetitions that were safe. Its message is a clause without a full stop. */
export class RequestError extends Error {
  readonly tag = "pulumi-dataspace/RequestError";
  readonly call: CallName;
  readonly kind: RequestTrouble;
  readonly outcome: Outcome;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The service's own words: one line, redacted. */
  readonly why: string | undefined;
  /** The answer was an HTML page: a proxy's or a login page, and not the API's. */
  readonly page: boolean;
  /** The answer's body said nothing, or no more than FastAPI's "Not Found". */
  readonly bare: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The `x-request-id` that the request carried, where it reached the service or may have; set by the client. */
  requestId: string | undefined;

  constructor(
    message: string,
    about: {
      call: CallName;
      kind: RequestTrouble;
      outcome: Outcome;
      status?: number | undefined;
      why?: string | undefined;
      page?: boolean;
      bare?: boolean;
      retryAfterMs?: number | undefined;
    },
  ) {
    super(redact(message));
    this.name = "RequestError";
    this.call = about.call;
    this.kind = about.kind;
    this.outcome = about.outcome;
    this.status = about.status;
    this.why = about.why;
    this.page = about.page ?? false;
    this.bare = about.bare ?? true;
    this.retryAfterMs = about.retryAfterMs;
    this.stack = this.message;
  }
}

export function isRequestError(error: unknown): error is RequestError {
  return typeof error === "object" && error !== null && "tag" in error && error.tag === "pulumi-dataspace/RequestError";
}

/** Not sent, because the service has asked another request to wait longer than this one can. */
export function held(call: CallName, ms: number): RequestError {
  const about = { call, kind: "throttled", outcome: "throttled", retryAfterMs: ms } as const;
  return new RequestError(`the service is throttling requests and asks to wait ${formatDuration(ms)}`, about);
}

export function cancelled(call: CallName): RequestError {
  return new RequestError("interrupted before it was sent", { call, kind: "cancelled", outcome: "neverSent" });
}
