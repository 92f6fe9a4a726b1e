import type { Verb } from "../errors/messages/lifecycle.js";
import { requestErrorFor, type Caller } from "../errors/messages/request.js";
import { isRequestError, type RequestError } from "../api/outcome.js";

/** The error of an operation that a failed request ended. What isn't a request's error is a defect and passes as it is. */
export function failureOf(error: unknown, verb: Verb, name?: string, caller?: Caller): unknown {
  if (!isRequestError(error)) return error;
  return requestErrorFor(error.kind, {
    verb,
    ...(name === undefined ? {} : { name }),
    observed: error.message,
    why: error.why,
    caller,
  });
}

/** Whether a failed look may succeed a little later, so that a wait outlasts it. */
export function passes(error: RequestError): boolean {
  switch (error.kind) {
    case "unreachable":
    case "timeout":
    case "throttled":
    case "server":
    case "badReply":
    case "dns":
      return true;
    default:
      return false;
  }
}
