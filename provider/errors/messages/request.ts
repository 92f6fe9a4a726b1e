import { ConnectorError, type ErrorCode, type Facts } from "../connector-error.js";
import { couldNot, type Verb } from "./lifecycle.js";

/** What went wrong with one request, in the words of the wire. */
export type RequestTrouble =
  | "unreachable"
  | "dns"
  | "tls"
  | "proxy"
  | "timeout"
  | "unauthorized"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "invalid"
  | "throttled"
  | "server"
  | "redirect"
  | "badReply"
  | "emptyAccount"
  | "stale"
  | "tooLarge"
  | "cancelled";

/** Who reads the error: somebody who runs Pulumi, or an operator whose command involves no state. */
export type Caller = "pulumi" | "operator";

interface Row {
  readonly code: ErrorCode;
  readonly next: string;
  /** What an operator does instead. Default: the same. */
  readonly operatorNext?: string;
  readonly stateIsKept?: true;
}

const again = "Run the same command again";
const wrongToken: Row = {
  code: "UNAUTHORIZED",
  next: "Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.",
  stateIsKept: true,
};
const notTheApi =
  "Check that DATASPACE_ENDPOINT is the address of the Connectors API itself, not of a login page or proxy.";

const rows: Readonly<Record<RequestTrouble, Row>> = {
  unreachable: {
    code: "UNAVAILABLE",
    next: `Check DATASPACE_ENDPOINT and the network. ${again} when the service is reachable.`,
  },
  dns: { code: "UNAVAILABLE", next: "Check the host name in DATASPACE_ENDPOINT." },
  tls: {
    code: "UNAVAILABLE",
    next: "Check the certificate of the host in DATASPACE_ENDPOINT; for your own certificate authority, set DATASPACE_CA_FILE.",
  },
  proxy: {
    code: "UNAVAILABLE",
    next: "Correct HTTPS_PROXY (http://user:password@host:port); name the host of DATASPACE_ENDPOINT in NO_PROXY where no proxy is needed.",
  },
  timeout: { code: "UNAVAILABLE", next: `${again} when the service answers.` },
  unauthorized: wrongToken,
  forbidden: wrongToken,
  notFound: { code: "UNEXPECTED_REPLY", next: notTheApi },
  conflict: { code: "REJECTED", next: `${again} once that is resolved.` },
  invalid: {
    code: "REJECTED",
    next: "Correct the connector's configuration as the service asks, then run pulumi up again.",
    operatorNext: `${again} once that is resolved.`,
  },
  throttled: {
    code: "UNAVAILABLE",
    next: `${again} later, or with fewer connectors at a time (pulumi up --parallel 4).`,
    operatorNext: `${again} later, or with fewer requests at a time (DATASPACE_MAX_CONCURRENCY=2).`,
  },
  server: { code: "UNAVAILABLE", next: `${again}; if it persists, give the service's operator the line above.` },
  redirect: {
    code: "UNEXPECTED_REPLY",
    next: `${notTheApi} Redirects are not followed: they would carry the token elsewhere.`,
  },
  badReply: { code: "UNEXPECTED_REPLY", next: notTheApi },
  emptyAccount: {
    code: "UNEXPECTED_REPLY",
    next: "Check that DATASPACE_TOKEN is of the right account and may see its connectors; if they really are all gone, run the command once with DATASPACE_ACCEPT_EMPTY_ACCOUNT=true.",
    stateIsKept: true,
  },
  stale: {
    code: "UNEXPECTED_REPLY",
    next: "Have the cache between here and the service let the Connectors API through: it answers although it is asked with Cache-Control: no-cache.",
  },
  tooLarge: { code: "UNEXPECTED_REPLY", next: notTheApi },
  cancelled: { code: "CANCELLED", next: `${again}.` },
};

/** What the caller can do about a failed request. */
export function nextAfter(trouble: RequestTrouble, caller: Caller): string {
  const { next, operatorNext = next } = rows[trouble];
  return caller === "operator" ? operatorNext : next;
}

/** The error of an operation that one failed request ended. `observed` is the request's own clause. */
export function requestErrorFor(
  trouble: RequestTrouble,
  about: {
    readonly verb: Verb;
    readonly name?: string | undefined;
    readonly observed: string;
    readonly why?: string | undefined;
    readonly facts: Facts;
    /** Default: `pulumi`. */
    readonly caller?: Caller | undefined;
  },
): ConnectorError {
  const { verb, name, observed, why, facts, caller = "pulumi" } = about;
  const { code, stateIsKept } = rows[trouble];
  const sentences = { headline: couldNot(verb, name, observed), observed, why, next: nextAfter(trouble, caller) };
  return new ConnectorError(code, caller === "operator" ? sentences : { ...sentences, stateIsKept }, name, facts);
}
