import type { ObservedConnector, StoragePayload } from "../model/observed-connector.js";
import type { StatusKind } from "../model/status.js";

/** What the program wants a connector to be: up, or at rest. */
export type DesiredStatus = "RUNNING" | "STOPPED";

/** What create does when the name is already taken at the service. */
export type OnExisting = "adoptStopped" | "adopt" | "error";

/** What delete leaves behind. */
export type OnDelete = "stop" | "scrub" | "delete" | "retain";

/** What one operation is to achieve. `fail`: only ever by an operator's explicit command. */
export type Goal = DeclaredGoal | { readonly verb: "fail" };

/** What an operation of Pulumi's is to achieve. */
export type DeclaredGoal =
  | {
      readonly verb: "create";
      readonly desired: DesiredStatus;
      readonly payload: StoragePayload | undefined;
      readonly onExisting: OnExisting;
      /** What is there is taken over as it is: no configuration is sent, and the payload holds no credentials. */
      readonly assume?: boolean;
    }
  | {
      readonly verb: "update";
      readonly desired: DesiredStatus;
      readonly payload: StoragePayload | undefined;
      /** Whether the configuration must be sent; otherwise only power changes. */
      readonly push: boolean;
      /** An earlier edit was taken, and its restart wasn't seen: RUNNING must hold a while before it counts. */
      readonly awaitRestart: boolean;
    }
  | { readonly verb: "delete"; readonly onDelete: OnDelete };

/** The requests that change something. */
export type ActionName = "create" | "edit" | "start" | "stop" | "fail" | "delete";

/** What became of the last request of one kind in this operation. */
export interface ActionRecord {
  /** `accepted`: 2xx. `unknown`: sent, and may have taken effect. `refused`: the service said no, for now. */
  readonly result: "accepted" | "unknown" | "refused";
  /** Clock time, in milliseconds, at which the answer (or its loss) was known. */
  readonly at: number;
  /** The status before it was sent. */
  readonly before: StatusKind | "absent";
  /** How often this kind of request was sent in this operation. */
  readonly times: number;
  /** A resting status was seen to be left since. */
  readonly moved: boolean;
}

export type Done = Readonly<Partial<Record<ActionName, ActionRecord>>>;

/** All that a decision rests on. */
export interface Situation {
  readonly goal: Goal;
  /** `undefined`: the connector is absent. */
  readonly seen: ObservedConnector | undefined;
  readonly done: Done;
  /** What a read of this connector alone said last, while it was there: all that the service tells of it. */
  readonly alone?: ObservedConnector | undefined;
  /** Clock time now, in milliseconds. */
  readonly now: number;
  /** Clock time at which the present status (or absence) was first seen in this operation. */
  readonly since: number;
  /** Looks in a row that found the connector absent. */
  readonly absences: number;
  readonly limits: Limits;
}

export interface Limits {
  /** How long a status must hold after an edit before it is taken for the new one; milliseconds. */
  readonly settleMs: number;
  /** How long a stop may show no movement before the connector counts as stuck; milliseconds. */
  readonly stuckMs: number;
}

/** Why an operation can't go on. */
export type Refusal =
  | "exists"
  | "nothingToAssume"
  | "otherThanAssumed"
  | "vanished"
  | "failed"
  | "unproven"
  | "powerIgnored"
  | "powerUnanswered"
  | "powerRefused"
  | "editRefused"
  | "stuck"
  | "failRefused"
  | "noDelete";

export type Step =
  | { readonly do: ActionName }
  /** Ask for this connector alone: a list may say less of it than the decision needs. */
  | { readonly do: "read" }
  | {
      readonly do: "wait";
      /** Clock time at which there is another decision to make, whatever is seen by then; otherwise only another sight makes one. */
      readonly until?: number;
    }
  | { readonly do: "settled" }
  | { readonly do: "refuse"; readonly because: Refusal };

export const read: Step = { do: "read" };
export const wait: Step = { do: "wait" };
export const waitUntil = (at: number): Step => ({ do: "wait", until: at });
export const settled: Step = { do: "settled" };
export const act = (name: ActionName): Step => ({ do: name });
export const refuse = (because: Refusal): Step => ({ do: "refuse", because });

/** How long nothing has moved: neither the status, nor by a request of ours. Milliseconds. */
export function quietMs(situation: Situation): number {
  const lastAction = Math.max(-Infinity, ...Object.values(situation.done).map((record) => record.at));
  return situation.now - Math.max(situation.since, lastAction);
}
