import type { ConnectorsClient } from "../api/client.js";
import type { StatusFeed } from "../api/feed/status-feed.js";
import type { ConnectorError } from "../errors/connector-error.js";
import type { FailureContext, FailureKind } from "../errors/messages/lifecycle.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import type { Clock } from "../time/clock.js";
import type { Progress } from "./progress-line.js";
import type { Done, Goal, Limits } from "./situation.js";

/** One thing to be done to one connector. */
export interface Operation {
  readonly name: string;
  readonly goal: Goal;
  /** Whether state holds it, so that its absence must be proven; `false`: it is to be made. Default: no state is involved. */
  readonly known?: boolean;
  readonly limits: Limits & {
    /** Limit of the whole operation, in milliseconds. */
    readonly budgetMs: number;
  };
  /** Ends looks and waits at once, never a change that is in flight. */
  readonly signal: AbortSignal;
  /** Told of every status, and every 5 s of one that lasts. */
  readonly onProgress?: (progress: Progress) => void;
  /** Told of those that are waited out: what is passed at once is no news to anybody who looks on. */
  readonly onWait?: (progress: Progress) => void;
  /** The wording of its errors. Default: for people who run Pulumi. */
  readonly wording?: Wording;
}

/** The errors that an operation ends with. */
export interface Wording {
  kind(kind: FailureKind, context: FailureContext & { readonly acted: boolean }): ConnectorError;
  /** `error` as it ends an operation; what isn't a request's error is a defect and passes as it is. */
  request(error: unknown, name: string): unknown;
}

/** What an operation works on: one account's client, its feed, and time. */
export interface OperationContext {
  readonly client: ConnectorsClient;
  readonly feed: StatusFeed;
  readonly clock: Clock;
}

export interface OperationResult {
  /** `undefined`: the goal is reached. */
  readonly error?: ConnectorError;
  /** The last sight; `undefined`: absent, or never seen. */
  readonly seen: ObservedConnector | undefined;
  /** What was sent, and with what result. */
  readonly done: Done;
  /** Whether anything was sent that the service took or may have taken. */
  readonly acted: boolean;
  /** What is seen came from this operation's own POST. */
  readonly made?: boolean;
}
