import { connectorType } from "../../provider/model/connector-type.js";

/** Whether a URN is a connector's, declared directly or inside a component. */
export function isConnector(urn: string): boolean {
  return urn.split("::")[2]?.endsWith(connectorType) === true;
}

/** The resource's name: the last part of its URN, which may itself hold `::`. */
export function keyOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
