import { connectorType, keyOf } from "../../provider/model/connector-type.js";

export { keyOf };

/** Whether a URN is a connector's, declared directly or inside a component. */
export function isConnector(urn: string): boolean {
  return urn.split("::")[2]?.endsWith(connectorType) === true;
}

/** The URN of a connector that is declared directly. */
export function connectorUrn(stack: string, project: string, key: string): string {
  return `urn:pulumi:${stack.split("/").at(-1) ?? stack}::${project}::${connectorType}::${key}`;
}
