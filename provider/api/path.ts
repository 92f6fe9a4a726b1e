import { isConnectorName } from "../model/name.js";

export function pathOf(name: string): string {
  // Names are checked long before; this keeps a defect from reaching another path.
  if (!isConnectorName(name)) throw new TypeError("not a connector's name");
  return `/connectors/${encodeURIComponent(name)}`;
}
