import type { CallOptions, ConnectorsClient } from "../api/client.js";
import { isRequestError, type RequestError } from "../api/outcome.js";
import type { ActionName, ActionRecord, Situation } from "./situation.js";

/** What became of one request: recorded and decided upon, or final: the operation ends with its error. */
export type Sent =
  | { readonly result: ActionRecord["result"]; readonly error?: RequestError }
  | { readonly result: "final"; readonly error: unknown };

/** Sends one request that changes something, once (the client repeats only what provably had no effect). */
export async function send(
  client: ConnectorsClient,
  action: ActionName,
  name: string,
  situation: Situation,
  options: CallOptions,
): Promise<Sent> {
  try {
    return { result: await request(client, action, name, situation, options) };
  } catch (error) {
    if (!isRequestError(error)) return { result: "final", error };
    const result = resultOf(action, error);
    return { result, error };
  }
}

async function request(
  client: ConnectorsClient,
  action: ActionName,
  name: string,
  { goal }: Situation,
  options: CallOptions,
): Promise<ActionRecord["result"]> {
  const payload = "payload" in goal ? goal.payload : undefined;
  switch (action) {
    case "create":
    case "edit":
      await client[action](name, payload, options);
      return "accepted";
    case "start":
    case "stop":
    case "fail":
      await client[action](name, options);
      return "accepted";
    case "delete":
      return (await client.delete(name, options)) === "noRoute" ? "refused" : "accepted";
  }
}

/** A refusal that may have to do with the moment, or that a look explains, is recorded; every other ends the operation. */
function resultOf(action: ActionName, error: RequestError): Sent["result"] {
  if (error.outcome === "unknown") return "unknown";
  switch (error.kind) {
    case "conflict":
      return "refused";
    case "notFound":
      // Nothing is asked for when something is made: the address is wrong.
      return action === "create" ? "final" : "refused";
    case "invalid":
      // The power calls carry no body: what is invalid about them is the moment.
      return action === "create" || action === "edit" ? "final" : "refused";
    default:
      return "final";
  }
}
