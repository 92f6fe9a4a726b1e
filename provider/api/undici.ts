/** What is used of undici, loaded with the first request. The build puts it into this one file (tools/bundle.mjs). */
export { EnvHttpProxyAgent, Pool } from "undici";
