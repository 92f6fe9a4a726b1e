import { textOf } from "../../provider/model/property-map.js";
import { isConnector, keyOf } from "./urn.js";

/** What is read of a stack's exported state. */
export interface State {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly unknown[];
  };
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
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly protect: boolean;
}

/** URNs of everything in it, whatever its type. */
export function urnsIn({ deployment }: State): string[] {
  return (deployment.resources ?? []).map(({ urn }) => urn);
}

/** Those that the stack manages; what programs only read (`Connector.get`) is not among them. */
export function connectorsIn({ deployment }: State): HeldConnector[] {
  return (deployment.resources ?? [])
    .filter(({ urn, inputs }) => isConnector(urn) && inputs?.["name"] !== undefined)
    .map(({ urn, id, outputs = {}, protect }) => ({
      key: keyOf(urn),
      urn,
      name: textOf(outputs["name"]) ?? id ?? "",
      account: textOf(outputs["account"]),
      desiredStatus: outputs["desiredStatus"] === "STOPPED" ? "STOPPED" : "RUNNING",
      protect: protect === true,
    }));
}
