/** What will happen to one connector, in its own terms. */
export type Effect =
  /** It is gone from the service, though state has it. */
  | "gone"
  | "create"
  /** A connector of that name exists at the service and is taken over. */
  | "adopt"
  | "edit"
  /** Its partners see it go down and come up again. */
  | "restart"
  /** An earlier run left it unfinished, and this one goes on. */
  | "resume"
  | "start"
  | "stop"
  /** It has FAILED, and is brought up again by way of STOPPED. */
  | "recover"
  /** Another name or account is another connector: name and bpn change for its partners. */
  | "replace"
  | "destroy";

/** One differing field. A credential's value is never shown, only that it differs. */
export interface PlannedField {
  /** E.g. `amazonS3.region`. */
  readonly path: string;
  readonly credential: boolean;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The value is not known before the connector's own inputs are. */
  readonly unknown?: boolean;
}

export interface PlannedConnector {
  /** The resource's name in the program or manifest. */
  readonly key: string;
  readonly urn: string;
  /** Its name at the service. */
  readonly name: string;
  readonly effects: readonly Effect[];
  readonly fields: readonly PlannedField[];
  /** The service's word for what it is now; absent where there is none. */
  readonly status?: string;
  /** What it is in the end: `RUNNING`, `STOPPED`, or `absent`. */
  readonly becomes: string;
  /** How often its partners see it go down and come up again. */
  readonly restarts: number;
  /** Why it will end in an error, as far as that can be foreseen: one clause. */
  readonly refused?: string;
  /** Credentials that were not looked at (`--no-credentials`). */
  readonly notChecked?: boolean;
  /** What stays at the service after a destroy, e.g. `STOPPED, still holding its credentials`. */
  readonly leftBehind?: string;
}

/** A connector that is declared, whether anything happens to it or not. */
export interface DeclaredConnector {
  readonly key: string;
  readonly name: string;
  readonly protect: boolean;
  /** Fields whose credential is given as a value, not as a reference. */
  readonly literalCredentials: readonly string[];
}

/** What a run will do, before it does it. */
export interface Plan {
  readonly stack: string;
  /** Connectors that something happens to, by key. */
  readonly connectors: readonly PlannedConnector[];
  /** All that the program or manifest declares, by key. */
  readonly declared: readonly DeclaredConnector[];
  /** Resources of the program that are no connectors and that change, as `create bucket`. */
  readonly others: readonly string[];
  /** Tells one version of the stack's state from another. */
  readonly stateVersion: string;
}

/** How many connectors an effect befalls. */
export function countOf(plan: Plan, effect: Effect): number {
  return plan.connectors.filter(({ effects }) => effects.includes(effect)).length;
}

export function restartsIn(plan: Plan): number {
  return plan.connectors.filter(({ restarts }) => restarts > 0).length;
}
