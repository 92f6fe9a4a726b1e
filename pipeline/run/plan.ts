/** What will happen to one connector, in its own terms. */
export type Effect =
  /** It is in state but gone from the service. */
  | "gone"
  | "create"
  /** A connector of that name exists at the service, and is taken over. */
  | "adopt"
  | "edit"
  /** Its partners notice: it goes down and comes up again. */
  | "restart"
  /** An earlier run left it unfinished, and this one continues. */
  | "resume"
  | "start"
  | "stop"
  /** It has FAILED, and is stopped and started again. */
  | "recover"
  /** Its name or account has changed, which makes it another connector: name and bpn change for its partners. */
  | "replace"
  | "destroy";

/** One differing field. A credential's value is never shown, only that it differs. */
export interface PlannedField {
  /** E.g. `amazonS3.region`. */
  readonly path: string;
  readonly credential: boolean;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The value is not known before other resources are created. */
  readonly unknown?: boolean;
}

export interface PlannedConnector {
  /** The resource's name in the program or manifest. */
  readonly key: string;
  readonly urn: string;
  /** Its name at the service. */
  readonly name: string;
  /** Absent for the default one. */
  readonly account?: string;
  readonly effects: readonly Effect[];
  readonly fields: readonly PlannedField[];
  /** Its current status; absent if the service has no such connector. */
  readonly status?: string;
  /** Its final status: `RUNNING`, `STOPPED` or `absent`. */
  readonly becomes: string;
  /** How often it goes down and comes up again. */
  readonly restarts: number;
  /** Why it will fail, if that is known: one clause. */
  readonly refused?: string;
  /** Its credentials were not read (`--no-credentials`). */
  readonly notChecked?: boolean;
  /** What stays at the service after a destroy, e.g. `STOPPED, still holding its credentials`. */
  readonly leftBehind?: string;
}

/** A declared connector, changed or not. */
export interface DeclaredConnector {
  readonly key: string;
  readonly name: string;
  /** Absent for the default one. */
  readonly account?: string;
  readonly protect: boolean;
  /** Fields whose credential is given as a value, not as a reference. */
  readonly literalCredentials: readonly string[];
  /** Nothing is known of where its credentials come from. */
  readonly unknownCredentials?: true;
}

/** Where an account of the plan is. */
export interface PlannedEndpoint {
  /** Absent for the default one. */
  readonly account?: string;
  /** Base URL. */
  readonly endpoint: string;
}

/** What a run will do, before it does it. */
export interface Plan {
  readonly stack: string;
  /** The connectors that change, sorted by key. */
  readonly connectors: readonly PlannedConnector[];
  /** All connectors of the program or manifest, sorted by key. */
  readonly declared: readonly DeclaredConnector[];
  /** Changes to other resources of the program, e.g. `create bucket`. */
  readonly others: readonly string[];
  /** Identifies a version of the stack's state. */
  readonly stateVersion: string;
  /** The services that it will ask, sorted by account. */
  readonly endpoints: readonly PlannedEndpoint[];
}

/** The number of connectors that have an effect. */
export function countOf(plan: Plan, effect: Effect): number {
  return plan.connectors.filter(({ effects }) => effects.includes(effect)).length;
}

export function restartsIn(plan: Plan): number {
  return plan.connectors.filter(({ restarts }) => restarts > 0).length;
}
