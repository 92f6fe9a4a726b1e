import { isRequestError } from "../../provider/api/outcome.js";
import { ConnectorError, type ErrorCode } from "../../provider/errors/connector-error.js";
import {
  couldNot,
  failureError,
  type FailureKind,
  type FailureContext,
  type Verb,
} from "../../provider/errors/messages/lifecycle.js";
import { requestErrorFor, type RequestTrouble } from "../../provider/errors/messages/request.js";
import type { Wording } from "../../provider/lifecycle/operate.js";
import { nameRule } from "../../provider/model/name.js";

/** What an operator does to a connector. */
export type PowerVerb = "start" | "stop" | "restart" | "fail";

/** One way there: a restart takes two. */
export type PowerStep = "start" | "stop" | "fail";

const command = "pulumi-dataspace";
const again = "Run the same command again";

/** How one leg of an operator's command tells its ends: nothing here has to do with state or `pulumi up`. */
export function wordingOf(verb: PowerVerb, step: PowerStep): Wording {
  return {
    kind: (kind, context) => {
      const row = rows[kind]?.({ ...context, verb, step });
      if (!row) return failureError(kind, context);
      const headline = couldNot(verb, context.name, row.observed);
      return new ConnectorError(row.code, { headline, why: context.why, next: row.next }, context.name);
    },
    request: (error, name) => requestFailure(error, verb, name),
  };
}

interface About extends Omit<FailureContext, "verb"> {
  readonly verb: PowerVerb;
  readonly step: PowerStep;
  readonly acted: boolean;
}

interface Row {
  readonly code: ErrorCode;
  readonly observed: string;
  readonly next: string;
}

const ends = { start: "RUNNING", stop: "STOPPED", fail: "FAILED" } as const;

const rows: Partial<Record<FailureKind, (about: About) => Row>> = {
  vanished: () => ({ code: "NOT_FOUND", observed: "it is gone from the service", next: seeList }),
  failed: ({ name, status, elapsed }) => ({
    code: "CONNECTOR_FAILED",
    observed: `it is ${status ?? "FAILED"} after ${elapsed}`,
    next: afterFailure(name),
  }),
  powerIgnored: ({ status, elapsed }) => ({
    code: "WAIT_TIMEOUT",
    observed: `the service accepted the request, but it is still ${status ?? "absent"} after ${elapsed}`,
    next: "Ask the service's operator why it does not move.",
  }),
  powerUnanswered: ({ status, elapsed }) => ({
    code: "UNAVAILABLE",
    observed: `the service's answers were unusable, and it is still ${status ?? "absent"} after ${elapsed}`,
    next: `${again} once the service answers.`,
  }),
  powerRefused: ({ status }) => ({
    code: "REJECTED",
    observed: `the service refuses to move it from ${status ?? "absent"}`,
    next: `${again} once that is resolved.`,
  }),
  failRefused: ({ status }) => ({
    code: "REJECTED",
    observed: `it is ${status ?? "there"}, and the service refuses to force it into FAILED`,
    next: `${again} once that is resolved.`,
  }),
  timeout: ({ name, step, status, elapsed }) => ({
    code: "WAIT_TIMEOUT",
    observed: `still ${status ?? "absent"} after ${elapsed}`,
    next: `Run ${command} wait ${name} --for ${ends[step]}, which waits on; ${command} fail ${name} forces it out of a status that it is stuck in.`,
  }),
  unseen: ({ name }) => ({
    code: "UNAVAILABLE",
    observed: "the service accepted the request, but has given no usable answer since",
    next: `Run ${command} status ${name} once the service answers.`,
  }),
  outcomeUnknown: ({ name }) => ({
    code: "OUTCOME_UNKNOWN",
    observed: "the answer was lost, and the service has given no usable answer since",
    next: `Run ${command} status ${name} once the service answers.`,
  }),
  cancelled: (about) => ({ code: "CANCELLED", ...interruption(about) }),
};

/** What was begun goes on at the service; what was not is left to the reader. */
function interruption({ name, verb, step, status, acted }: About): Omit<Row, "code"> {
  const seen = status === undefined ? "interrupted" : `interrupted while it was ${status}`;
  if (verb === "restart" && (step === "start" ? !acted : acted)) {
    return {
      observed: `${seen}; it was ${step === "start" ? "stopped" : "asked to stop"} and not to start again`,
      next: `Run ${command} start ${name}.`,
    };
  }
  if (!acted) return { observed: `${seen}; nothing was sent to it`, next: `${again}.` };
  return {
    observed: `${seen}; the ${step} was sent and goes on at the service`,
    next: `Run ${command} wait ${name} --for ${ends[step]}.`,
  };
}

const seeList = `Run ${command} list, which shows what there is.`;

function afterFailure(name: string): string {
  return `Check its storage settings and credentials (pulumi up pushes corrected ones), then run ${command} restart ${name}.`;
}

/** What to do about a request that failed, where no state is at stake. */
const nextSteps: Partial<Record<RequestTrouble, string>> = {
  unauthorized: "Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.",
  forbidden: "Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.",
  throttled: `${again} later, or with fewer requests at a time (DATASPACE_MAX_CONCURRENCY=2).`,
  invalid: `${again} once what the service objects to is out of the way.`,
};

/** `error` as an operator's command ends with it; what isn't a request's error is a defect and passes as it is. */
export function requestFailure(error: unknown, verb: Verb, name?: string): unknown {
  if (!isRequestError(error)) return error;
  return requestErrorFor(error.kind, {
    verb,
    ...(name === undefined ? {} : { name }),
    observed: error.message,
    why: error.why,
    next: nextSteps[error.kind],
  });
}

export function notAName(text: string): ConnectorError {
  return invalid(`"${text}" is not a connector's name`, `Correct it: ${nameRule}.`);
}

function invalid(problem: string, next: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", { headline: `${problem}.`, next });
}

/** `meant`: the name that it was probably meant to be. */
export function noSuchConnector(verb: Verb, name: string, meant: string | undefined): ConnectorError {
  return new ConnectorError(
    "NOT_FOUND",
    {
      headline: couldNot(verb, name, "the service has no connector with that name"),
      next: meant === undefined ? seeList : `Did you mean ${meant}? ${seeList}`,
    },
    name,
  );
}

export function noneMatches(pattern: string): ConnectorError {
  return new ConnectorError("NOT_FOUND", {
    headline: `No connector's name matches ${JSON.stringify(pattern)}.`,
    next: seeList,
  });
}

export function globRefused(pattern: string): ConnectorError {
  return invalid(
    `fail takes one connector's name, and ${JSON.stringify(pattern)} is a pattern`,
    "Name the one connector that is stuck.",
  );
}

/** The service lists nothing, so that a pattern has nothing to match. */
export function cannotList(): ConnectorError {
  return new ConnectorError("REJECTED", {
    headline: "Could not list connectors: the service refuses to list them.",
    next: "Name one connector instead of a pattern.",
  });
}

export function notWithoutWaiting(verb: PowerVerb, name: string, status: string): ConnectorError {
  return new ConnectorError(
    "REJECTED",
    {
      headline: couldNot(verb, name, `it is ${status}, from where that takes more than one request`),
      next: "Leave out --no-wait.",
    },
    name,
  );
}

type WaitFailure = Pick<FailureContext, "name" | "elapsed" | "why"> & {
  readonly wanted: string;
  readonly status: string;
};

/** The ways in which `wait` ends without what it waited for. */
export const waitFailures = {
  timeout: ({ name, wanted, status, elapsed }: WaitFailure) =>
    waitFailure("WAIT_TIMEOUT", name, wanted, `still ${status} after ${elapsed}`, {
      next: `Wait longer with --timeout; ${command} fail ${name} forces it out of a status that it is stuck in.`,
    }),
  failed: ({ name, wanted, status, elapsed, why }: WaitFailure) =>
    waitFailure("CONNECTOR_FAILED", name, wanted, `it is ${status} after ${elapsed}`, {
      why,
      next: afterFailure(name),
    }),
  gone: ({ name, wanted, elapsed }: WaitFailure) =>
    waitFailure("NOT_FOUND", name, wanted, `it is gone from the service after ${elapsed}`, { next: seeList }),
  cancelled: ({ name, wanted, status, elapsed }: WaitFailure) =>
    waitFailure(
      "CANCELLED",
      name,
      wanted,
      `interrupted ${status === "unseen" ? "before it was seen" : `while it was ${status}`}, after ${elapsed}`,
      { next: `${again}.` },
    ),
} as const;

function waitFailure(
  code: ErrorCode,
  name: string,
  wanted: string,
  observed: string,
  more: { readonly why?: string | undefined; readonly next: string },
): ConnectorError {
  const headline = `Waited in vain for connector "${name}" to be ${wanted}: ${observed}.`;
  return new ConnectorError(code, { headline, ...more }, name);
}
