import "./node-version.js";

export type * from "../generated/args.js";
export type { ConnectorOutputs } from "../generated/outputs.js";
export { isConnectorError, type ConnectorError, type ErrorCode } from "../provider/errors/connector-error.js";
export { Connector, type ConnectorState } from "./connector.js";
export * from "./credentials.js";
export { getConnector, getConnectors, type ConnectorFilter, type ConnectorInfo, type LookupOptions } from "./lookup.js";
