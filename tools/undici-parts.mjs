/** The parts of undici that the provider uses: its index loads four times as much. See tools/bundle.mjs. */
export { default as EnvHttpProxyAgent } from "../node_modules/undici/lib/dispatcher/env-http-proxy-agent.js";
export { default as Pool } from "../node_modules/undici/lib/dispatcher/pool.js";
