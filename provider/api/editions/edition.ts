import type { StoragePayload } from "../../model/observed-connector.js";

/** A dialect of the API: how a payload is written, and which method the power calls use. */
export interface Edition {
  body(payload: StoragePayload | undefined): Record<string, unknown>;
  readonly powerMethod: "GET" | "PUT";
}
