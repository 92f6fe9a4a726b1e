import { ConnectorError } from "../../provider/errors/connector-error.js";
import {
  couldNot,
  failureError,
  noSuchConnector,
  type FailureContext,
  type FailureKind,
  type FailureRow,
  type Verb,
} from "../../provider/errors/messages/lifecycle.js";
import { failureOf } from "../../provider/lifecycle/request-failure.js";
import { nameRule } from "../../provider/model/name.js";
import type { Wording } from "../../provider/lifecycle/operation.js";

/** What an operator does to a connector. */
export type PowerVerb = "start" | "stop" | "restart" | "fail";

/** One change of power. A restart takes two. */
export type PowerStep = "start" | "stop" | "fail";

/** The status that a verb brings a connector to. */
export const targetStatus = { start: "RUNNING", restart: "RUNNING", stop: "STOPPED", fail: "FAILED" } as const;

/** The errors of one step of an operator's command: the same failures as Pulumi's, with an operator's next step. */
export function wordingOf(verb: PowerVerb, step: PowerStep): Wording {
  return {
    kind: (kind, context) =>
      failureError(kind, { ...context, verb }, overrides[kind]?.({ ...context, verb, step }) ?? {}),
    request: (error, name) => failureOf(error, verb, name, "operator"),
  };
}

interface StepFailure extends Omit<FailureContext, "verb"> {
  readonly verb: PowerVerb;
  readonly step: PowerStep;
  /** Whether anything was sent. */
  readonly acted: boolean;
}

const command = "pulumi-dataspace";
const again = "Run the same command again";
const seeList = `Run ${command} list to see all connectors.`;

const overrides: Partial<Record<FailureKind, (failure: StepFailure) => Partial<FailureRow>>> = {
  vanished: () => ({ next: seeList }),
  failed: ({ name }) => ({ next: afterFailure(name) }),
  powerIgnored: () => ({ next: "Ask the service's operator why it does not move." }),
  powerUnanswered: () => ({ next: `${again} once the service answers.` }),
  powerRefused: () => ({ next: `${again} once that is resolved.` }),
  failRefused: ({ status }) => ({
    code: "REJECTED",
    observed: `it is ${status ?? "there"}, and the service refuses to force it into FAILED`,
    next: `${again} once that is resolved.`,
  }),
  timeout: ({ name, step }) => ({
    next: `Run ${command} wait ${name} --for ${targetStatus[step]} to keep waiting, or ${command} fail ${name} if it is stuck.`,
  }),
  unseen: ({ name }) => ({ next: seeStatus(name) }),
  outcomeUnknown: ({ name }) => ({ next: seeStatus(name) }),
  cancelled: interruption,
};

/** What was sent continues at the service; the reader decides on the rest. */
function interruption({ name, verb, step, status, acted }: StepFailure): Partial<FailureRow> {
  const observed = status === undefined ? "interrupted" : `interrupted while it was ${status}`;
  if (verb === "restart" && (step === "start" ? !acted : acted)) {
    return {
      observed: `${observed}; it was ${step === "start" ? "stopped" : "asked to stop"} but not started again`,
      next: `Run ${command} start ${name}.`,
    };
  }
  if (!acted) return { observed: `${observed}; nothing was sent to it`, next: `${again}.` };
  return {
    observed: `${observed}; the ${step} was sent and continues at the service`,
    next: `Run ${command} wait ${name} --for ${targetStatus[step]}.`,
  };
}

function afterFailure(name: string): string {
  return `Check its storage settings and credentials (pulumi up pushes corrected ones), then run ${command} restart ${name}.`;
}

function seeStatus(name: string): string {
  return `Run ${command} status ${name} once the service answers.`;
}

export function notAName(text: string): ConnectorError {
  return invalid(`"${text}" is not a connector's name`, `Correct it: ${nameRule}.`);
}

export function globRefused(glob: string): ConnectorError {
  return invalid(
    `fail takes the name of one connector, and ${JSON.stringify(glob)} is a pattern`,
    "Name the connector that is stuck.",
  );
}

function invalid(problem: string, next: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", { headline: `${problem}.`, next });
}

/** `meant`: the name that was probably meant. */
export function unknownConnector(verb: Verb, name: string, meant: string | undefined): ConnectorError {
  return noSuchConnector(verb, name, meant === undefined ? seeList : `Did you mean ${meant}? ${seeList}`);
}

export function noneMatches(glob: string): ConnectorError {
  const headline = `No connector's name matches ${JSON.stringify(glob)}.`;
  return new ConnectorError("NOT_FOUND", { headline, next: seeList });
}

/** Without a list, a glob has nothing to match. */
export function cannotList(): ConnectorError {
  return new ConnectorError("REJECTED", {
    headline: "Could not list connectors: the service refuses to list them.",
    next: "Name one connector instead of a pattern.",
  });
}

export function needsWaiting(verb: PowerVerb, name: string, status: string): ConnectorError {
  const headline = couldNot(verb, name, `it is ${status}, and that takes more than one request`);
  return new ConnectorError("REJECTED", { headline, next: "Leave out --no-wait." }, name);
}

interface WaitFailure extends Pick<FailureContext, "name" | "elapsed" | "why" | "facts"> {
  /** The status that was waited for. */
  readonly target: string;
  /** The last one seen; `undefined`: none. */
  readonly status: string | undefined;
}

type WaitRow = FailureRow & Pick<FailureContext, "why">;

const waitFailures = {
  timeout: ({ name, status = "not seen", elapsed, why }: WaitFailure): WaitRow => ({
    code: "WAIT_TIMEOUT",
    observed: `still ${status} after ${elapsed}`,
    why,
    next: `Wait longer with --timeout, or run ${command} fail ${name} if it is stuck.`,
  }),
  failed: ({ name, status = "FAILED", elapsed, why }: WaitFailure): WaitRow => ({
    code: "CONNECTOR_FAILED",
    observed: `it is ${status} after ${elapsed}`,
    why,
    next: afterFailure(name),
  }),
  gone: ({ elapsed }: WaitFailure): WaitRow => ({
    code: "NOT_FOUND",
    observed: `it is gone from the service after ${elapsed}`,
    next: seeList,
  }),
  cancelled: ({ status, elapsed }: WaitFailure): WaitRow => ({
    code: "CANCELLED",
    observed: `interrupted ${status === undefined ? "before it was seen" : `while it was ${status}`}, after ${elapsed}`,
    next: `${again}.`,
  }),
} as const satisfies Record<string, (failure: WaitFailure) => WaitRow>;

/** Why a wait ends without the status that was waited for. */
export type WaitFailureKind = keyof typeof waitFailures;

export function waitError(kind: WaitFailureKind, failure: WaitFailure): ConnectorError {
  const { name, target, facts } = failure;
  const { code, observed, why, next } = waitFailures[kind](failure);
  const headline = `Connector "${name}" did not become ${target}: ${observed}.`;
  return new ConnectorError(code, { headline, observed, why, next }, name, facts);
}
