import { rootCertificates } from "node:tls";
import { DecoratorHandler, EnvHttpProxyAgent, Pool, type Dispatcher } from "undici";
import type { RequestTrouble } from "../errors/messages/request.js";
import { isLoopback } from "../model/loopback.js";
import { orAborted } from "../time/abortable.js";
import { formatDuration } from "../time/duration.js";
import { cancelled, isRead, RequestError, type CallName } from "./outcome.js";

export interface Attempt {
  readonly call: CallName;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the endpoint, e.g. `/connectors/acme`. */
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  header(name: string): string | undefined;
  readonly text: string;
}

const mebibyte = 1024 * 1024;

export interface TransportLimits {
  readonly attemptTimeoutMs: number;
  readonly connections: number;
  /** Certificates (PEM) to trust besides the usual ones. */
  readonly ca?: string | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** One attempt at a time over a pool of connections to one origin. Redirects are not followed, bodies are capped and never decompressed. */
export class Transport {
  readonly #dispatcher: Dispatcher;
  readonly #origin: string;
  readonly #prefix: string;

  constructor(
    endpoint: URL,
    private readonly limits: TransportLimits,
  ) {
    this.#origin = endpoint.origin;
    this.#prefix = endpoint.pathname.replace(/\/+$/, "");
    this.#dispatcher = dispatcherFor(endpoint, limits).compose(
      (dispatch) => (options, handler) => dispatch(options, new StartWatch(handler, options)),
    );
  }

  /** @throws RequestError for everything but an HTTP answer. A cancel ends a read at once, and a change never once it is sent. */
  async send(attempt: Attempt, signal: AbortSignal | undefined): Promise<Reply> {
    const { call, method, body, headers } = attempt;
    const timeout = AbortSignal.timeout(this.limits.attemptTimeoutMs);
    const cancel = isRead(call) ? signal : undefined;
    const progress: Progress = { begun: false };
    try {
      const limit = cancel ? AbortSignal.any([timeout, cancel]) : timeout;
      // undici looks at its signal once there is a connection; a request that was given up before is then not written.
      const requesting = this.#dispatcher.request({
        origin: this.#origin,
        method,
        path: this.#prefix + attempt.path || "/",
        headers,
        body: body ?? null,
        opaque: progress,
        signal: limit,
      });
      const response = await orAborted(requesting, limit);
      const text = await readCapped(response.body, call);
      return { status: response.statusCode, header: (name) => first(response.headers[name]), text };
    } catch (error) {
      if (error instanceof RequestError) throw error;
      if (cancel?.aborted) throw cancelled(call);
      if (timeout.aborted) throw tooLate(call, this.limits.attemptTimeoutMs, progress);
      throw troubleOf(error, call, progress);
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

/** How far one attempt has come. */
interface Progress {
  /** There is a connection, and the request is being written to it. Before that, it has certainly had no effect. */
  begun: boolean;
}

class StartWatch extends DecoratorHandler {
  readonly #next: Dispatcher.DispatchHandler;
  readonly #progress: Progress;

  constructor(
    next: Dispatcher.DispatchHandler,
    { opaque }: Dispatcher.DispatchOptions & { readonly opaque?: unknown },
  ) {
    super(next);
    this.#next = next;
    this.#progress = opaque as Progress;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#progress.begun = true;
    this.#next.onRequestStart?.(controller, context);
  }
}

function dispatcherFor(
  endpoint: URL,
  { connections, attemptTimeoutMs, ca, environment = {} }: TransportLimits,
): Dispatcher {
  // The usual authorities stay trusted beside one's own.
  const tls = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const options = {
    connections,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    connect: { timeout: Math.min(10_000, attemptTimeoutMs), ...tls },
    // The whole attempt has one limit, in `send`.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const proxy = proxiesIn(environment);
  if (!proxy || isLoopback(endpoint)) return new Pool(endpoint.origin, options);
  return new EnvHttpProxyAgent({ ...options, ...proxy, requestTls: tls });
}

function proxiesIn(environment: NodeJS.ProcessEnv) {
  const either = (name: string) => environment[name.toLowerCase()] || environment[name];
  const [httpProxy, httpsProxy, noProxy] = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"].map(either);
  if (!httpProxy && !httpsProxy) return undefined;
  return { httpProxy: httpProxy ?? "", httpsProxy: httpsProxy ?? "", noProxy: noProxy ?? "" };
}

async function readCapped(body: AsyncIterable<Buffer>, call: CallName): Promise<string> {
  const cap = (call === "list" ? 32 : 8) * mebibyte;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > cap) {
      throw new RequestError(`the answer is larger than ${cap / mebibyte} MiB`, {
        call,
        kind: "tooLarge",
        outcome: "unknown",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function tooLate(call: CallName, limitMs: number, { begun }: Progress): RequestError {
  const limit = formatDuration(limitMs);
  return begun
    ? new RequestError(`no whole answer within ${limit}`, { call, kind: "timeout", outcome: "unknown" })
    : new RequestError(`no connection to the service within ${limit}`, {
        call,
        kind: "unreachable",
        outcome: "neverSent",
      });
}

/** Whether the request left this machine is what counts: only what failed before is known to have had no effect. */
function troubleOf(error: unknown, call: CallName, { begun }: Progress): RequestError {
  const code = codeOf(error);
  const outcome = begun ? "unknown" : "neverSent";
  const fail = (kind: RequestTrouble, message: string) => new RequestError(message, { call, kind, outcome });
  if (begun) return fail("unreachable", `the connection broke before an answer came (${code})`);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return fail("dns", `the host's name can't be resolved (${code})`);
  if (/CERT|SSL|TLS|EPROTO|SIGNATURE/.test(code)) return fail("tls", `no trusted connection to the service (${code})`);
  return fail("unreachable", `no connection to the service (${code})`);
}

function codeOf(error: unknown): string {
  // Several addresses tried in vain come as one error of many.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code } = (one ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "unknown";
}
