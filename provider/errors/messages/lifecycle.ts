import { ConnectorError, type ErrorCode, type Facts } from "../connector-error.js";

/** The verb in the first line of a failed operation's error. */
export type Verb = "create" | "update" | "delete" | "read" | "list" | "start" | "stop" | "restart" | "fail" | "watch";

/** What the sentences about a failed operation are made of. */
export interface FailureContext {
  readonly verb: Verb;
  readonly name: string;
  /** The service's word when last seen; `undefined`: absent, or never seen. */
  readonly status: string | undefined;
  /** Time since the operation began, for people. */
  readonly elapsed: string;
  /** What create does when the name is taken. */
  readonly onExisting?: string;
  /** Where the existing connector differs from the declaration: `amazonS3.region`. */
  readonly differing?: readonly string[];
  /** The service's own words, quoted and redacted. */
  readonly why?: string | undefined;
  readonly facts: Facts;
}

/** How one kind of failure is reported. */
export interface FailureRow {
  readonly code: ErrorCode;
  /** One clause: what was observed. */
  readonly observed: string;
  readonly next: string;
}

/** `Could not create connector "acme": …` */
export function couldNot(verb: Verb, name: string | undefined, observed: string): string {
  const what = name === undefined ? "connectors" : `connector "${name}"`;
  return `Could not ${verb} ${what}: ${observed}.`;
}

/** @param next where to look, or what was probably meant */
export function noSuchConnector(verb: Verb, name: string, next: string): ConnectorError {
  const headline = couldNot(verb, name, "the service has no connector with that name");
  return new ConnectorError("NOT_FOUND", { headline, next }, name);
}

/** Of one that is at rest, which `adoptStopped` takes over when it is proven to be the same. */
function otherStorage(differing: readonly string[]): string {
  return differing.length > 0
    ? ", with different storage"
    : ", and the service does not show that its storage is the one declared here; only onExisting: adopt takes it over without that proof";
}

const upAgain = "Run pulumi up again";

const rows = {
  nameTaken: ({ status, onExisting, differing = [] }: FailureContext) => ({
    code: "ALREADY_EXISTS" as const,
    observed:
      status === undefined
        ? "the service says that the name is taken, but shows no connector with that name"
        : `a connector with that name already exists (${status})${onExisting === "adoptStopped" && status.toUpperCase() === "STOPPED" ? otherStorage(differing) : ""}; it was not changed`,
    next:
      status === undefined
        ? "Choose another name."
        : "If it is yours, run DATASPACE_ON_EXISTING=adopt pulumi up, which takes it over with the configuration declared here; otherwise choose another name.",
  }),
  nameLost: ({ status, differing = [] }: FailureContext) => ({
    code: "ALREADY_EXISTS" as const,
    observed: `it was requested, but ${differing.length > 0 ? "a connector with different storage now holds the name" : "nothing shows that the connector that now holds the name came of it"} (${status ?? "gone again"}); that one was not changed`,
    next: "Choose another name, or run DATASPACE_ON_EXISTING=adopt pulumi up if that connector is yours.",
  }),
  nothingToAssume: () => ({
    code: "NOT_FOUND" as const,
    observed: "adoptCredentials is assume, and the service has no connector with that name to take over",
    next: "Check its name and account; to create it, remove adoptCredentials.",
  }),
  otherThanAssumed: ({ status, differing = [] }: FailureContext) => ({
    code: "ALREADY_EXISTS" as const,
    observed: `adoptCredentials is assume, and the existing connector (${status ?? "absent"}) differs from the declaration in ${differing.join(", ")}; nothing was changed`,
    next: "Declare what it has; or remove adoptCredentials and run DATASPACE_ON_EXISTING=adopt pulumi up, which sends it the configuration declared here.",
  }),
  createUnseen: ({ elapsed }: FailureContext) => ({
    code: "OUTCOME_UNKNOWN" as const,
    observed: `it was requested, but the service has not shown it for ${elapsed}`,
    next: `${upAgain}: it looks for the connector first, and creates it only if it is absent.`,
  }),
  vanished: ({ verb }: FailureContext) => ({
    code: "NOT_FOUND" as const,
    observed: "it is gone from the service",
    next:
      verb === "create"
        ? `${upAgain}; somebody or something removed it meanwhile.`
        : "Run pulumi up --refresh, which notices that it is gone and creates it again.",
  }),
  failed: ({ status, elapsed }: FailureContext) => ({
    code: "CONNECTOR_FAILED" as const,
    observed: `it is ${status ?? "FAILED"} after ${elapsed}`,
    next: "Check its storage settings and credentials, correct them, and run pulumi up again, which restarts it.",
  }),
  editLost: () => ({
    code: "OUTCOME_UNKNOWN" as const,
    observed: "the answer to the edit was lost, and nothing shows whether it took effect",
    next: `${upAgain}: it sends the configuration once more.`,
  }),
  powerIgnored: ({ status, elapsed }: FailureContext) => ({
    code: "WAIT_TIMEOUT" as const,
    observed: `the service accepted the request, but it is still ${status ?? "absent"} after ${elapsed}`,
    next: `Ask the service's operator why it does not move, then run pulumi up again.`,
  }),
  powerUnanswered: ({ status, elapsed }: FailureContext) => ({
    code: "UNAVAILABLE" as const,
    observed: `the service's answers were unusable, and it is still ${status ?? "absent"} after ${elapsed}`,
    next: `${upAgain} once the service answers.`,
  }),
  powerRefused: ({ status }: FailureContext) => ({
    code: "REJECTED" as const,
    observed: `the service refuses to move it from ${status ?? "absent"}`,
    next: `${upAgain} once that is resolved.`,
  }),
  editRefused: ({ status }: FailureContext) => ({
    code: "REJECTED" as const,
    observed: `the service refuses the edit while it is ${status ?? "absent"}`,
    next: `${upAgain} once that is resolved.`,
  }),
  stuck: ({ status, elapsed }: FailureContext) => ({
    code: "DELETE_BLOCKED" as const,
    observed: `it could not be stopped: still ${status ?? "there"} after ${elapsed}, despite stop and fail`,
    next: "It stays in state. Run pulumi destroy again later, or set onDelete to retain, run pulumi up, and leave it to the service's operator.",
  }),
  failRefused: ({ status }: FailureContext) => ({
    code: "DELETE_BLOCKED" as const,
    observed: `it is ${status ?? "there"}, and the service refuses stop as well as fail`,
    next: "It stays in state. Run pulumi destroy again later, or set onDelete to retain, run pulumi up, and leave it to the service's operator.",
  }),
  noDelete: ({ status }: FailureContext) => ({
    code: "DELETE_BLOCKED" as const,
    observed: `it is ${status ?? "there"}, and the service offers no way to delete it`,
    next: "Set onDelete to stop (or scrub), run pulumi up, then destroy again: it is then left behind STOPPED.",
  }),
  timeout: ({ verb, status, elapsed }: FailureContext) => ({
    code: "WAIT_TIMEOUT" as const,
    observed: `still ${status ?? "absent"} after ${elapsed}`,
    next:
      verb === "delete"
        ? "It stays in state. Run pulumi destroy again, with a longer timeouts.delete if it needs the time."
        : `${upAgain}, which keeps waiting; set timeouts.${verb} higher if it needs longer.`,
  }),
  unseen: ({ verb }: FailureContext) => ({
    code: "UNAVAILABLE" as const,
    observed: "the service accepted the request, but has given no usable answer since",
    next:
      verb === "delete"
        ? "It stays in state. Run pulumi destroy again once the service answers."
        : `${upAgain} once the service answers, which continues where this run ended.`,
  }),
  outcomeUnknown: ({ verb }: FailureContext) => ({
    code: "OUTCOME_UNKNOWN" as const,
    observed: "the answer was lost, and the service has given no usable answer since",
    next:
      verb === "delete"
        ? "It stays in state. Run pulumi destroy again once the service answers."
        : `${upAgain} once the service answers: it looks first, and repeats only what is still needed.`,
  }),
  cancelled: ({ verb, status }: FailureContext) => ({
    code: "CANCELLED" as const,
    observed: `interrupted${status === undefined ? "" : ` while it was ${status}`}`,
    next:
      verb === "delete" ? "Run pulumi destroy again." : `${upAgain}, which continues where this run was interrupted.`,
  }),
} satisfies Record<string, (context: FailureContext) => FailureRow>;

/** Why an operation falls short of its goal. */
export type FailureKind = keyof typeof rows;

/** The error for one kind of failure. `overrides`: what a caller other than Pulumi says instead. */
export function failureError(
  kind: FailureKind,
  context: FailureContext,
  overrides: Partial<FailureRow> = {},
): ConnectorError {
  const { code, observed, next } = { ...rows[kind](context), ...overrides };
  const { verb, name, why, facts } = context;
  return new ConnectorError(code, { headline: couldNot(verb, name, observed), observed, why, next }, name, facts);
}

/** The error of a create that leaves its mark in state: the next run doesn't take for its own what it finds. */
export function unprovenCreate({ code, sentences, connector, facts }: ConnectorError): ConnectorError {
  const next = `${sentences.next} If the connector is there by then and is yours, DATASPACE_ON_EXISTING=adopt pulumi up takes it over.`;
  return new ConnectorError(code, { ...sentences, next }, connector, facts);
}

/** The entry of a resource that was renamed or moved without an alias, while the new one's create has not succeeded. */
export function declaredElsewhere(name: string, urn: string | undefined): ConnectorError {
  return new ConnectorError(
    "DELETE_BLOCKED",
    {
      headline: couldNot(
        "delete",
        name,
        `${urn ?? "another resource"} of the program declares it, too, and has not taken it over; nothing was changed`,
      ),
      next: "If the resource was renamed or moved, add its old name or parent to the aliases option of the new one; otherwise give that one another connector name.",
    },
    name,
  );
}

/** Pulumi's SDK treats a program that it couldn't run as one that declares nothing. */
export function programNeverRan(name: string): ConnectorError {
  return new ConnectorError(
    "DELETE_BLOCKED",
    {
      headline: couldNot("delete", name, "this run's program, which would declare it, never ran"),
      next: "Run the same command again.",
    },
    name,
  );
}
