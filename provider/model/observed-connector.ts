import type { ReportedOutputs } from "./outputs.js";
import type { StatusKind } from "./status.js";
import type { StorageBlock } from "./storage.js";

/** What the service said of one connector at one moment. */
export interface ObservedConnector extends ReportedOutputs {
  /** The service's own word, as written. */
  readonly status: string;
  readonly kind: StatusKind;
  /** Echoed storage fields that are not credentials, under the resource's own names. */
  readonly storage: Readonly<Record<string, string>>;
  /** Everything else the service said, less what is named like a credential or holds one that this process knows. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The whole payload of a create or an edit; `undefined` sends `{}`. */
export interface StoragePayload {
  /** The block's name on the resource. */
  readonly block: StorageBlock;
  /** All fields, credentials included, under the resource's own names. */
  readonly fields: Readonly<Record<string, string>>;
}
