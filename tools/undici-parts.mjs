/** The parts of undici that the provider uses: its index loads four times as much. See tools/bundle.mjs. */
import connect from "../node_modules/undici/lib/api/api-connect.js";
import Dispatcher from "../node_modules/undici/lib/dispatcher/dispatcher.js";

export { default as EnvHttpProxyAgent } from "../node_modules/undici/lib/dispatcher/env-http-proxy-agent.js";
export { default as Pool } from "../node_modules/undici/lib/dispatcher/pool.js";

// As its index does: without, nothing leads through a proxy to https.
Object.assign(Dispatcher.prototype, { connect });
