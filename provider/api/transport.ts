import { getCACertificates } from "node:tls";
import type { Dispatcher } from "undici";
import type { RequestTrouble } from "../errors/messages/request.js";
import { parseJson } from "../model/json.js";
import { isLoopback } from "../model/loopback.js";
import { decodeUtf8 } from "../model/utf8.js";
import { formatDuration } from "../time/duration.js";
import { after } from "../time/timer.js";
import { cancelled, isRead, RequestError, type CallName } from "./outcome.js";
import { NoTunnel, proxiesIn, refused, tellingRefusals } from "./proxy.js";

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
  /** The body; where it is not UTF-8, U+FFFD stands for what can't be read. */
  readonly text: string;
  /** The body is not UTF-8: {@link text} is for people alone. */
  readonly malformed?: true;
}

/** The JSON of an answer; `undefined` if it is not JSON in UTF-8. */
export function jsonOf({ text, malformed }: Reply): unknown {
  return malformed ? undefined : parseJson(text);
}

const mebibyte = 1024 * 1024;
/** In bytes. The worst JSON of this size took up to 300 MB to read, and a quarter of the time of 32 MiB (measured). */
const mostOfAnAnswer = 8 * mebibyte;
/** In bytes; where the status tells what happened already. */
const mostOfARefusal = 64 * 1024;

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
  #dispatcher: Dispatcher | undefined;
  #opening: Promise<Dispatcher> | undefined;
  readonly #prefix: string;

  constructor(
    private readonly endpoint: URL,
    private readonly limits: TransportLimits,
  ) {
    this.#prefix = endpoint.pathname.replace(/(?<!\/)\/+$/, "");
  }

  /** @throws RequestError for everything but an HTTP answer. A cancel ends a read at once, and a change never once it is sent. */
  async send(attempt: Attempt, signal: AbortSignal | undefined): Promise<Reply> {
    const { call, method, body, headers } = attempt;
    const { origin } = this.endpoint;
    const path = this.#prefix + attempt.path || "/";
    const dispatcher = (this.#dispatcher ??= await this.#open().catch((error: unknown) => {
      throw troubleOf(error, call, false);
    }));
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(
        call,
        this.limits.attemptTimeoutMs,
        isRead(call) ? signal : undefined,
        resolve,
        reject,
      );
      dispatcher.dispatch({ origin, method, path, headers, body: body ?? null }, exchange);
    });
  }

  /** undici takes its time to load, and many a run asks nothing. */
  #open(): Promise<Dispatcher> {
    return (this.#opening ??= openDispatcher(this.endpoint, this.limits));
  }

  async close(): Promise<void> {
    await (await this.#opening?.catch(() => undefined))?.destroy();
  }
}

/** One attempt under way: collects its answer, within its limits. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #stopTimer: () => void;
  /** Once there is a connection, and the request is being written to it. Before that, it has certainly had no effect. */
  #controller: Dispatcher.DispatchController | undefined;
  /** Why it was given up. */
  #ended: RequestError | undefined;
  #status = 0;
  #headers: Readonly<Record<string, string | string[] | undefined>> = {};
  readonly #chunks: Buffer[] = [];
  #size = 0;
  readonly #onCancel = () => this.#giveUp(cancelled(this.call));

  constructor(
    private readonly call: CallName,
    timeoutMs: number,
    private readonly cancel: AbortSignal | undefined,
    private readonly resolve: (reply: Reply) => void,
    private readonly reject: (error: RequestError) => void,
  ) {
    this.#stopTimer = after(timeoutMs, () => this.#giveUp(tooLate(call, timeoutMs, this.#begun)));
    cancel?.addEventListener("abort", this.#onCancel, { once: true });
    if (cancel?.aborted) this.#onCancel();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while there was no connection yet: it is never written.
    if (this.#ended) return controller.abort(this.#ended);
    this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const refused = this.#status < 200 || this.#status > 299;
    if (refused && this.#size > mostOfARefusal) this.#cutOff();
    else if (this.#size > mostOfAnAnswer) this.#giveUp(tooLarge(this.call));
  }

  onResponseEnd(): void {
    this.#settle();
    const headers = this.#headers;
    const [only, ...more] = this.#chunks;
    const body = only && more.length === 0 ? only : Buffer.concat(this.#chunks);
    const text = decodeUtf8(body);
    const read = text === undefined ? ({ text: body.toString(), malformed: true } as const) : { text };
    this.resolve({ status: this.#status, header: (name) => first(headers[name]), ...read });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#settle();
    this.reject(this.#ended ?? troubleOf(error, this.call, this.#begun));
  }

  get #begun(): boolean {
    return this.#controller !== undefined;
  }

  /** What a refusal says stands in its first part; the rest is not waited for. */
  #cutOff(): void {
    this.#chunks.splice(0, Infinity, Buffer.concat(this.#chunks).subarray(0, mostOfARefusal));
    this.onResponseEnd();
    this.#controller?.abort(new Error("long enough"));
  }

  #giveUp(error: RequestError): void {
    this.#ended ??= error;
    this.#settle();
    this.reject(this.#ended);
    this.#controller?.abort(this.#ended);
  }

  #settle(): void {
    this.#stopTimer();
    this.cancel?.removeEventListener("abort", this.#onCancel);
  }
}

function tooLarge(call: CallName): RequestError {
  const about = { call, kind: "tooLarge", outcome: "unknown" } as const;
  return new RequestError(`the answer is larger than ${mostOfAnAnswer / mebibyte} MiB`, about);
}

async function openDispatcher(
  endpoint: URL,
  { connections, attemptTimeoutMs, ca, environment = {} }: TransportLimits,
): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await import("./undici.js");
  // The usual authorities, those of NODE_EXTRA_CA_CERTS among them, stay trusted beside one's own.
  const tls = ca === undefined ? {} : { ca: [...getCACertificates("default"), ca] };
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
  const clientFactory = (origin: URL, more: object) => tellingRefusals(new Pool(origin, more));
  return new EnvHttpProxyAgent({ ...options, ...proxy, requestTls: tls, proxyTls: tls, clientFactory });
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function tooLate(call: CallName, limitMs: number, begun: boolean): RequestError {
  const limit = formatDuration(limitMs);
  return begun
    ? new RequestError(`no complete answer within ${limit}`, { call, kind: "timeout", outcome: "unknown" })
    : new RequestError(`no connection to the service within ${limit}`, {
        call,
        kind: "unreachable",
        outcome: "neverSent",
      });
}

/** Whether the request left this machine is what counts: only what failed before is known to have had no effect. */
function troubleOf(error: unknown, call: CallName, begun: boolean): RequestError {
  const code = codeOf(error);
  // undici's word for a proxy's 407 to a request in plain http, which it doesn't pass on; nothing else of it comes so late.
  const tunnel = error instanceof NoTunnel ? error : begun && code === "UND_ERR_INVALID_ARG" ? refused(407) : undefined;
  if (tunnel) {
    const kind = tunnel.passes ? "unreachable" : "proxy";
    return new RequestError(tunnel.message, { call, kind, outcome: "neverSent" });
  }
  const outcome = begun ? "unknown" : "neverSent";
  const fail = (kind: RequestTrouble, message: string) => new RequestError(message, { call, kind, outcome });
  if (begun) return fail("unreachable", `the connection broke before an answer arrived (${code})`);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return fail("dns", `the host name can't be resolved (${code})`);
  if (/CERT|SSL|TLS|EPROTO|SIGNATURE/.test(code)) return fail("tls", `no trusted connection to the service (${code})`);
  return fail("unreachable", `no connection to the service (${code})`);
}

function codeOf(error: unknown): string {
  // Several addresses tried in vain come as one error of many.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code } = (one ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "unknown";
}
