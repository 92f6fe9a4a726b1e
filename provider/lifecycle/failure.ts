import type { FailureKind } from "../errors/messages/lifecycle.js";
import { quote } from "../errors/redact.js";
import type { RequestError } from "../api/outcome.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import type { ActionName, Done, Goal, Refusal } from "./situation.js";

/** The failure that a refused step amounts to. */
export function failureKindOf(because: Refusal, goal: Goal, done: Done): FailureKind {
  switch (because) {
    case "exists":
      return done.create && done.create.result !== "refused" ? "nameLost" : "nameTaken";
    case "vanished":
      return goal.verb === "create" || done.create ? "createUnseen" : "vanished";
    case "unproven":
      return done.edit ? "editLost" : "createUnseen";
    default:
      return because;
  }
}

/** The request whose refusal explains why a step was refused. */
export function refusedRequest(
  because: Refusal,
  refusals: ReadonlyMap<ActionName, RequestError>,
): RequestError | undefined {
  return (refusedBy[because] ?? []).map((action) => refusals.get(action)).find((refusal) => refusal !== undefined);
}

/** The service's own words for it; where its answer was unusable, what is known of the answer. */
export function whyRefused(refusal: RequestError | undefined): string | undefined {
  return refusal?.outcome === "unknown" ? inFull(refusal) : refusal?.why;
}

/** What is known of an unusable answer, and its words. */
export function inFull({ message, why }: RequestError): string {
  return why === undefined ? message : `${message}: ${why}`;
}

/** Whose refusal explains which failure; the first one found counts. */
const refusedBy: Partial<Record<Refusal, readonly ActionName[]>> = {
  exists: ["create"],
  editRefused: ["edit"],
  unproven: ["edit", "create"],
  powerRefused: ["start", "stop"],
  powerUnanswered: ["start", "stop", "fail"],
  stuck: ["fail", "stop"],
  failRefused: ["fail"],
  noDelete: ["delete"],
};

/** Fields in which services say why a connector failed (assumed). */
const reasonNames = ["errorDetail", "error", "reason", "message", "detail", "statusMessage"];

/** Why a connector failed, in the service's own words. */
export function reasonIn(seen: ObservedConnector | undefined): string | undefined {
  for (const name of reasonNames) {
    const text = seen && Object.hasOwn(seen.details, name) ? seen.details[name] : undefined;
    if (typeof text === "string" && text !== "") return quote(text);
  }
  return undefined;
}
