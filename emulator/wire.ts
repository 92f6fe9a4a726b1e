import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./routes.js";

/** A request's whole body. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** `undefined` for what is not JSON. */
export function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** One byte at a time. */
export function drip(response: ServerResponse, text: string, everyMs: number): void {
  response.writeHead(200, { "content-type": "application/json" });
  let sent = 0;
  const timer = setInterval(() => {
    if (response.destroyed || sent >= text.length) {
      clearInterval(timer);
      response.end();
    } else response.write(text[sent++]);
  }, everyMs);
  timer.unref();
}
