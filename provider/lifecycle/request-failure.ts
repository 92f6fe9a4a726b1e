import type { Facts } from "../errors/connector-error.js";
import type { Verb } from "../errors/messages/lifecycle.js";
import { requestErrorFor, type Caller } from "../errors/messages/request.js";
import { isRequestError, type RequestError } from "../api/outcome.js";

/** The error of an operation that a failed request ended. Anything but a RequestError is a defect and is returned unchanged. */
export function failureOf(error: unknown, verb: Verb, name?: string, caller?: Caller): unknown {
  if (!isRequestError(error)) return error;
  const { kind, message: observed, why } = error;
  return requestErrorFor(kind, { verb, name, observed, why, facts: factsOf(error), caller });
}

/** What a failed request adds to an error's facts. */
export function factsOf(error: RequestError | undefined): Facts {
  return { httpStatus: error?.status, requestId: error?.requestId };
}

/** Whether a failed read may succeed a little later, so that a wait continues through it. */
export function passes(error: RequestError): boolean {
  switch (error.kind) {
    case "unreachable":
    case "timeout":
    case "throttled":
    case "server":
    case "badReply":
    case "dns":
    case "stale":
      return true;
    default:
      return false;
  }
}
