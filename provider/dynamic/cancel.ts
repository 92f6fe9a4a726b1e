import { subscribe } from "node:diagnostics_channel";
import { setMaxListeners } from "node:events";
import { endWithEngine } from "../process/engine-death.js";

let cancelled: AbortController | undefined;

/**
 * Aborts when the engine asks its providers to cancel (Ctrl-C, SIGTERM), or when the engine dies.
 *
 * The SDK acknowledges the engine's Cancel call and ignores it; the call is seen where Node's HTTP/2 server announces its
 * streams (observed with Node 22.19 and 24).
 */
export function cancelSignal(): AbortSignal {
  return (cancelled ??= watch()).signal;
}

function watch(): AbortController {
  const controller = new AbortController();
  // Every operation of the process listens to this one signal.
  setMaxListeners(0, controller.signal);
  subscribe("http2.server.stream.start", (message) => {
    const { headers } = message as { headers?: Record<string, unknown> };
    if (headers?.[":path"] === "/pulumirpc.ResourceProvider/Cancel")
      controller.abort(new Error("the engine cancelled"));
  });
  endWithEngine((reason) => controller.abort(reason));
  return controller;
}
