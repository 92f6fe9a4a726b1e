/** What the SDK's look-ups need of the layers below, loaded with the core and not before. */
export { ConnectorError } from "../errors/connector-error.js";
export { couldNot } from "../errors/messages/lifecycle.js";
export { failureOf } from "../lifecycle/request-failure.js";
