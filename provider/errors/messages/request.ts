import { ConnectorError, type ErrorCode } from "../connector-error.js";
import { couldNot, type Verb } from "./lifecycle.js";

/** What went wrong with one request, in the words of the wire. */
export type RequestTrouble =
  | "unreachable"
  | "dns"
  | "tls"
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
  | "tooLarge"
  | "cancelled";

interface Row {
  readonly code: ErrorCode;
  readonly next: string;
}

const again = "Run the same command again";
const wrongToken =
  "Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones. Nothing is lost: state is kept.";
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
  timeout: { code: "UNAVAILABLE", next: `${again} when the service answers.` },
  unauthorized: { code: "UNAUTHORIZED", next: wrongToken },
  forbidden: { code: "UNAUTHORIZED", next: wrongToken },
  notFound: { code: "UNEXPECTED_REPLY", next: notTheApi },
  conflict: { code: "REJECTED", next: `${again} once that is resolved.` },
  invalid: {
    code: "REJECTED",
    next: "Correct the connector's configuration as the service asks, then run pulumi up again.",
  },
  throttled: {
    code: "UNAVAILABLE",
    next: `${again} later, or with fewer connectors at a time (pulumi up --parallel 4).`,
  },
  server: { code: "UNAVAILABLE", next: `${again}; if it persists, give the service's operator the line above.` },
  redirect: {
    code: "UNEXPECTED_REPLY",
    next: `${notTheApi} Redirects are not followed: they would carry the token elsewhere.`,
  },
  badReply: { code: "UNEXPECTED_REPLY", next: notTheApi },
  tooLarge: { code: "UNEXPECTED_REPLY", next: notTheApi },
  cancelled: { code: "CANCELLED", next: `${again}.` },
};

/** The error of an operation that one request brought to an end. `observed` is the request's own sentence, without a full stop. */
export function requestErrorFor(
  trouble: RequestTrouble,
  about: {
    readonly verb: Verb;
    readonly name?: string;
    readonly observed: string;
    readonly why?: string | undefined;
    /** What to do, where it isn't what one does who runs Pulumi. */
    readonly next?: string | undefined;
  },
): ConnectorError {
  const { code, next } = rows[trouble];
  return new ConnectorError(
    code,
    { headline: couldNot(about.verb, about.name, about.observed), why: about.why, next: about.next ?? next },
    about.name,
  );
}
