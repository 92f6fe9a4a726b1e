import type { Payload, Phase } from "./machine.js";

/** A change to a connector that nobody requested. */
export interface Interference {
  readonly status?: Phase;
  readonly payload?: Payload;
  readonly remove?: boolean;
  /** Creates it, RUNNING, with this payload. */
  readonly create?: Payload;
}

/** A connector as the service knows it, credentials included. */
export interface Snapshot {
  readonly name: string;
  readonly status: Phase;
  readonly payload: Payload;
  readonly starts: number;
  readonly stops: number;
  readonly edits: number;
  readonly restarts: number;
  /** The statuses that answers have shown, in order; each run of equal ones once. */
  readonly shown: readonly Phase[];
}
