import type { FailureKind } from "../errors/messages/lifecycle.js";
import { quote } from "../errors/redact.js";
import type { RequestError } from "../api/outcome.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import type { ActionName, Done, Goal, Refusal } from "./situation.js";

/** The way in which a refused step ends the operation. */
export function failureKindOf(because: Refusal, goal: Goal, done: Done): FailureKind {
  switch (because) {
    case "exists":
      return done.create?.result === "unknown" ? "nameLost" : "nameTaken";
    case "vanished":
      return goal.verb === "create" || done.create ? "createUnseen" : "vanished";
    case "unproven":
      return done.edit ? "editLost" : "createUnseen";
    default:
      return because;
  }
}

/** The service's own words for a refused step: of the request that it refused, else of the connector's own reason. */
export function whyRefused(
  because: Refusal,
  refusals: ReadonlyMap<ActionName, RequestError>,
  seen: ObservedConnector | undefined,
): string | undefined {
  if (because === "failed") return reasonIn(seen);
  for (const action of refusedBy[because] ?? []) {
    const refusal = refusals.get(action);
    if (refusal) return refusal.outcome === "unknown" ? inFull(refusal) : refusal.why;
  }
  return undefined;
}

/** What is known of an answer that nobody can rely on, and its words. */
export function inFull({ message, why }: RequestError): string {
  return why === undefined ? message : `${message}: ${why}`;
}

/** Whose refusal explains which end; the first that there was. */
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

/** Under these names services tell why a connector failed (assumed; what is not there is not quoted). */
const reasonNames = ["errorDetail", "error", "reason", "message", "detail", "statusMessage"];

function reasonIn(seen: ObservedConnector | undefined): string | undefined {
  for (const name of reasonNames) {
    const text = seen && Object.hasOwn(seen.details, name) ? seen.details[name] : undefined;
    if (typeof text === "string" && text !== "") return quote(text);
  }
  return undefined;
}
