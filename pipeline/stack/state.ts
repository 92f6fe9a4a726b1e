import { textOf } from "../../provider/model/property-map.js";
import { isConnector, keyOf } from "./urn.js";

/** What is read of a stack's exported state. */
export interface State {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    /** What a run that was killed had begun. */
    readonly pending_operations?: readonly PendingOperation[];
  };
}

export interface PendingOperation {
  readonly resource: StateResource;
  /** `creating`, `updating`, `deleting`, … */
  readonly type: string;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly initErrors?: readonly string[];
}

/** A connector that state holds. */
export interface HeldConnector {
  readonly key: string;
  readonly urn: string;
  readonly name: string;
  readonly account: string | undefined;
  /** Base URL of its service; versions before wrote its origin. */
  readonly endpoint: string | undefined;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly protect: boolean;
}

/** URNs of everything in it, whatever its type. */
export function urnsIn({ deployment }: State): string[] {
  return (deployment.resources ?? []).map(({ urn }) => urn);
}

/** Those that the stack manages; what programs only read (`Connector.get`) is not among them. */
export function connectorsIn({ deployment }: State): HeldConnector[] {
  return (deployment.resources ?? []).filter(isManaged).map(({ urn, id, outputs = {}, protect }) => ({
    key: keyOf(urn),
    urn,
    name: textOf(outputs["name"]) ?? id ?? "",
    account: textOf(outputs["account"]),
    endpoint: textOf(outputs["endpoint"]),
    desiredStatus: outputs["desiredStatus"] === "STOPPED" ? "STOPPED" : "RUNNING",
    protect: protect === true,
  }));
}

/**
 * Keys of the connectors that a killed run was creating: state doesn't hold them, and doesn't tell whether the service has them.
 * Pulumi keeps such a mark for ever, even once a later run has created the connector.
 */
export function unfinishedCreates(state: State): string[] {
  const held = new Set(urnsIn(state));
  const creating = (state.deployment.pending_operations ?? []).filter(
    ({ type, resource }) => type === "creating" && isManaged(resource) && !held.has(resource.urn),
  );
  return [...new Set(creating.map(({ resource }) => keyOf(resource.urn)))].sort();
}

function isManaged({ urn, inputs }: StateResource): boolean {
  return isConnector(urn) && inputs?.["name"] !== undefined;
}
