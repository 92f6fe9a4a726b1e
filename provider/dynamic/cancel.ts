import { subscribe } from "node:diagnostics_channel";
import { setMaxListeners } from "node:events";
import { fstatSync } from "node:fs";

/** How long a provider whose engine has died may take to end what is in flight; it is to be gone within 2 s, on a busy machine too. */
const graceMs = 1_000;

let cancelled: AbortController | undefined;

/**
 * Aborts when the engine asks its providers to cancel (Ctrl-C, SIGTERM), or when the engine dies.
 *
 * The SDK acknowledges the engine's Cancel call and ignores it; the call is seen where Node's HTTP/2 server announces its
 * streams (observed with Node 22.19 and 24). An engine that dies takes the other end of this process's stdin with it (observed).
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
  if (stdinIsPipe()) {
    process.stdin.once("end", () => {
      controller.abort(new Error("the engine died"));
      setTimeout(() => process.exit(1), graceMs);
    });
    process.stdin.resume();
    process.stdin.unref();
  }
  return controller;
}

/** Only a pipe that the engine holds open tells of its death; a file or terminal ends for other reasons. */
function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
