import { randomUUID } from "node:crypto";
import { baseUrlOf } from "../model/base-url.js";
import type { ObservedConnector, StoragePayload } from "../model/observed-connector.js";
import { Budget } from "../time/budget.js";
import { systemClock, type Clock } from "../time/clock.js";
import type { Bearer } from "./token/bearer.js";
import { editions, type EditionName } from "./editions/index.js";
import { Ages, stale, type DatedReply } from "./ages.js";
import { Semaphore, RateLimiter } from "./limits.js";
import { cancelled, held, isRead, isRequestError, type RequestRecord } from "./outcome.js";
import { badReply, readConnector, readListing, type Listing } from "./replies.js";
import { pathOf } from "./path.js";
import { isRouteless, refusalOf } from "./refusals.js";
import { askedWaitOf, longestLookMs, repeatAfter, RetryBudget } from "./retry.js";
import { jsonOf, Transport, type Attempt } from "./transport.js";
import type { Edition } from "./editions/edition.js";

export interface ClientSettings {
  /** Base URL, already checked; a path prefix is kept. */
  readonly endpoint: string;
  readonly bearer: Bearer;
  readonly edition: EditionName;
  /** Limit of one request, in milliseconds. */
  readonly attemptTimeoutMs: number;
  /** Certificates (PEM) to trust besides the usual ones. */
  readonly ca?: string | undefined;
  /** Proxies of the usual variables: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Requests in flight at most. */
  readonly maxConcurrency: number;
  /** Requests a second at most. Default: unlimited. */
  readonly maxRequestsPerSecond?: number | undefined;
  /** Shared by the clients of a process. Default: one of its own. */
  readonly retryAllowance?: RetryBudget;
  readonly userAgent: string;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Told of every request that reached the service, or may have. */
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

export interface CallOptions {
  /** Ends a read and every pause at once; a change that is in flight is awaited. */
  readonly signal?: AbortSignal;
  /** Repetitions stay inside it. */
  readonly budget?: Budget;
  /** `false`: sent once, whatever comes of it. */
  readonly repeat?: boolean;
  /** A read that tells of an earlier time than this, of the client's clock, is an error: a cache's. */
  readonly notBefore?: number;
}

type Request = Omit<Attempt, "headers">;
type Bounded = CallOptions & { readonly budget: Budget };

/** The Connectors API, one method a call. Every method throws {@link RequestError} when the service doesn't say yes. */
export class ConnectorsClient {
  /** The service's address, by which state knows it: see {@link baseUrlOf}. */
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #limiter: Semaphore;
  readonly #pacer: RateLimiter;
  readonly #allowance: RetryBudget;
  readonly #edition: Edition;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #closing = new AbortController();
  readonly #ages = new Ages();
  readonly #headers: Readonly<Record<string, string>>;

  constructor(private readonly settings: ClientSettings) {
    const endpoint = new URL(settings.endpoint);
    this.baseUrl = baseUrlOf(settings.endpoint);
    this.#transport = new Transport(endpoint, {
      attemptTimeoutMs: settings.attemptTimeoutMs,
      connections: settings.maxConcurrency,
      ca: settings.ca,
      environment: settings.environment ?? {},
    });
    this.#limiter = new Semaphore(settings.maxConcurrency);
    this.#edition = editions[settings.edition];
    this.#clock = settings.clock ?? systemClock;
    this.#pacer = new RateLimiter(this.#clock, settings.maxRequestsPerSecond);
    this.#allowance = settings.retryAllowance ?? new RetryBudget();
    this.#random = settings.random ?? Math.random;
    this.#headers = {
      accept: "application/json",
      // A cache that is told to store nothing may still answer from what it has. `pragma` is for those of HTTP/1.0.
      "cache-control": "no-cache, no-store",
      pragma: "no-cache",
      "user-agent": settings.userAgent,
    };
  }

  /** Requests that wait for a place among those in flight. */
  get queued(): number {
    return this.#limiter.queued;
  }

  async create(name: string, payload: StoragePayload | undefined, options: CallOptions = {}): Promise<void> {
    await this.#change({ call: "create", method: "POST", path: pathOf(name), body: this.#bodyOf(payload) }, options);
  }

  async edit(name: string, payload: StoragePayload | undefined, options: CallOptions = {}): Promise<void> {
    await this.#change({ call: "edit", method: "PUT", path: pathOf(name), body: this.#bodyOf(payload) }, options);
  }

  start(name: string, options: CallOptions = {}): Promise<void> {
    return this.#power("start", name, options);
  }

  stop(name: string, options: CallOptions = {}): Promise<void> {
    return this.#power("stop", name, options);
  }

  fail(name: string, options: CallOptions = {}): Promise<void> {
    return this.#power("fail", name, options);
  }

  /** `absent`: there is no such connector. `noRoute`: this service has no such endpoint (observed: not every edition has). */
  async delete(name: string, options: CallOptions = {}): Promise<"deleted" | "absent" | "noRoute"> {
    try {
      await this.#change({ call: "delete", method: "DELETE", path: pathOf(name) }, options);
      return "deleted";
    } catch (error) {
      if (!isRequestError(error)) throw error;
      if (error.status === 405 || isRouteless(error)) return "noRoute";
      if (error.status === 404) return "absent";
      throw error;
    }
  }

  async list(options: CallOptions = {}): Promise<Listing> {
    return this.#request({ call: "list", method: "GET", path: "/connectors" }, options, (reply) =>
      readListing(reply, this.#edition),
    );
  }

  /** `undefined` only for a 404 in JSON: a proxy's page says nothing about the connector. */
  async get(name: string, options: CallOptions = {}): Promise<ObservedConnector | undefined> {
    try {
      return await this.#request({ call: "get", method: "GET", path: pathOf(name) }, options, (reply) =>
        readConnector(reply, this.#edition),
      );
    } catch (error) {
      if (isRequestError(error) && error.status === 404 && error.why !== undefined && !error.page) return undefined;
      throw error;
    }
  }

  /** Ends every connection, and every pause before a repetition: nothing is sent from now on. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#transport.close(), this.settings.bearer.close()]);
  }

  #bodyOf(payload: StoragePayload | undefined): string {
    return JSON.stringify(this.#edition.body(payload));
  }

  async #power(call: "start" | "stop" | "fail", name: string, options: CallOptions): Promise<void> {
    await this.#change({ call, method: this.#edition.powerMethod, path: `${pathOf(name)}/${call}` }, options);
  }

  async #change(request: Request, options: CallOptions): Promise<void> {
    await this.#request(request, options, (reply) => {
      // A page, or half an answer, is not the API's: something in between may have swallowed the request.
      const type = reply.header("content-type") ?? "";
      const broken = /json/i.test(type) && reply.text.trim() !== "" && jsonOf(reply) === undefined;
      if (/html/i.test(type) || broken) throw badReply(request.call, reply, "the API's own words");
    });
  }

  /** `read` takes part in an attempt: an answer that can't be read may be a proxy's, and the next one the service's. */
  async #request<T>(request: Request, options: CallOptions, read: (reply: DatedReply) => T): Promise<T> {
    const { signal, budget = new Budget(this.#clock, longestLookMs), repeat = true } = options;
    // The same over all repetitions, so that the service's operator can tell them apart from new requests.
    const requestId = randomUUID();
    const attempt: Attempt = {
      ...request,
      headers: {
        ...this.#headers,
        "x-request-id": requestId,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
    };
    for (let attempts = 1; ; attempts++) {
      try {
        // A list goes first: many wait for it.
        const urgent = request.call === "list";
        const reply = await this.#limiter.run(() => this.#once(attempt, { ...options, budget }, repeat), { urgent });
        const result = read(reply);
        this.#allowance.earn();
        return result;
      } catch (error) {
        if (!isRequestError(error)) throw error;
        if (error.status !== undefined || error.outcome === "unknown") error.requestId = requestId;
        const { remainingMs } = budget;
        const delay = repeatAfter(request.call, error, attempts, { remainingMs, random: this.#random() });
        this.#pacer.hold(askedWaitOf(error) ?? 0);
        const closing = this.#closing.signal;
        if (!repeat || closing.aborted || delay === undefined || !this.#allowance.spend(error)) throw error;
        const either = signal ? AbortSignal.any([signal, closing]) : closing;
        await this.#clock.sleep(delay, either).catch(() => Promise.reject(cancelled(request.call)));
      }
    }
  }

  /** A refused token (401, 403) had no effect, so the request is sent once more where another token can be had meanwhile. */
  async #once(attempt: Attempt, options: Bounded, again: boolean): Promise<DatedReply> {
    const { signal, budget, notBefore = -Infinity } = options;
    if (signal?.aborted) throw cancelled(attempt.call);
    const { heldMs } = this.#pacer;
    // What can't be waited for is said now, not when the time is up.
    if (heldMs > budget.remainingMs) throw held(attempt.call, heldMs);
    await this.#pacer.turn(signal).catch(() => Promise.reject(cancelled(attempt.call)));
    const token = await this.settings.bearer.current();
    if (signal?.aborted) throw cancelled(attempt.call);
    const authorization = `Bearer ${token}`;
    const reply = await this.#told({ ...attempt, headers: { ...attempt.headers, authorization } }, signal);
    if (reply.ageMs > 0 && this.#clock.now() - reply.ageMs < notBefore) throw stale(attempt.call, reply.ageMs);
    const refusal = refusalOf(attempt.call, reply);
    if (!refusal) return reply;
    const tokenRefused = refusal.kind === "unauthorized" || refusal.kind === "forbidden";
    if (again && tokenRefused && (await this.settings.bearer.refused(token)))
      return this.#once(attempt, options, false);
    throw refusal;
  }

  async #told(attempt: Attempt, signal: AbortSignal | undefined): Promise<DatedReply> {
    const since = performance.now();
    const tell = (about: Pick<RequestRecord, "status" | "date">) => {
      const { call, path } = attempt;
      this.settings.onRequest?.({ call, connector: path.split("/")[2], ms: performance.now() - since, ...about });
    };
    try {
      const reply = await this.#transport.send(attempt, signal);
      tell({ status: reply.status, date: reply.header("date") });
      if (!isRead(attempt.call)) return { ...reply, ageMs: 0 };
      return this.#ages.dated(attempt.path, reply, since, performance.now());
    } catch (error) {
      if (!isRequestError(error) || error.outcome !== "neverSent") tell({ status: undefined, date: undefined });
      throw error;
    }
  }
}
