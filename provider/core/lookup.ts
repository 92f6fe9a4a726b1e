/** What the SDK's lookups need of the layers below, loaded by the first lookup. */
export { observeListed } from "../api/feed/observe-listed.js";
export { noSuchConnector } from "../errors/messages/lifecycle.js";
export { registerSecret } from "../errors/redact.js";
export { Core } from "./core.js";
export { withCore } from "./with-core.js";
