import type { Interference, Snapshot } from "./snapshot.js";
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { control } from "./control-routes.js";
import { applyFault, Faults, type Fault, type FaultScript } from "./faults.js";
import type { Timing } from "./machine.js";
import { withDefaults, type Quirks } from "./quirks.js";
import { RequestLog, type LoggedRequest } from "./request-log.js";
import { routeOf, said, Service, type Answer } from "./routes.js";
import { Throttle } from "./throttle.js";
import { parse, readBody, send } from "./wire.js";

export interface EmulatorOptions extends Partial<Timing> {
  /** Default: any free one. */
  readonly port?: number;
  /** Default: a random one. */
  readonly token?: string;
  /** Path prefix. Default: `/backend`. */
  readonly basePath?: string;
  readonly quirks?: Partial<Quirks>;
  /** Requests beyond it are answered with 429 and Retry-After: 1. Default: unlimited. */
  readonly requestsPerSecond?: number;
  /** In milliseconds, for tests with their own clock. */
  readonly now?: () => number;
}

/** A stand-in for the service, over a real socket on this machine. */
export class Emulator {
  readonly #server: Server;
  readonly #service: Service;
  readonly #faults = new Faults();
  readonly #log = new RequestLog();
  readonly #throttle: Throttle;

  private constructor(
    private readonly options: EmulatorOptions,
    readonly token: string,
    private readonly basePath: string,
  ) {
    const { startMs = 0, stopMs = 0, lagMs = 0, holdUntilSeen = [], now = Date.now } = options;
    const { requestsPerSecond = Infinity } = options;
    this.#throttle = new Throttle(requestsPerSecond);
    this.#service = new Service(withDefaults(options.quirks ?? {}), { startMs, stopMs, lagMs, holdUntilSeen }, now);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const token = options.token ?? `sk-${randomBytes(18).toString("base64url")}`;
    const emulator = new Emulator(options, token, options.basePath ?? "/backend");
    await new Promise<void>((resolve, reject) => {
      emulator.#server.once("error", reject);
      emulator.#server.listen(options.port ?? 0, "127.0.0.1", resolve);
    });
    return emulator;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.basePath}`;
  }

  get quirks(): Quirks {
    return this.#service.quirks;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#log.requests;
  }

  /** `"POST /connectors/acme 201"`, in the order of arrival. */
  requestLines(): string[] {
    return this.#log.lines();
  }

  /** The lines of requests that change something. */
  mutations(): string[] {
    return this.#log.lines((request) => request.call !== "list" && request.call !== "get" && request.call !== "other");
  }

  clearRequests(): void {
    this.#log.clear();
  }

  /** Resolves as soon as such a request has arrived; the service has not answered it yet. */
  waitFor(wanted: (request: LoggedRequest) => boolean): Promise<LoggedRequest> {
    return this.#log.waitFor(wanted);
  }

  connector(name: string): Snapshot | undefined {
    const machine = this.#service.connectors.get(name);
    if (!machine) return undefined;
    const { payload, phase, starts, stops, edits, restarts, shown } = machine;
    return { name, status: phase, payload, starts, stops, edits, restarts, shown: [...shown] };
  }

  /** How many connectors a POST has overwritten (quirk `postExisting`). */
  get overwritten(): number {
    return this.#service.overwritten;
  }

  names(): string[] {
    return [...this.#service.connectors.keys()];
  }

  interfere(name: string, { status, payload, remove, create }: Interference): void {
    if (create) this.#service.add(name, create).force("RUNNING");
    const machine = this.#service.connectors.get(name);
    if (!machine) throw new Error(`the emulator has no connector "${name}"`);
    if (payload) machine.payload = payload;
    if (status) machine.force(status);
    if (remove) this.#service.connectors.delete(name);
  }

  fault(script: FaultScript): Fault {
    return this.#faults.add(script);
  }

  /** Also those that have hit a request and wait for a connector's next transition. */
  clearFaults(): void {
    this.#faults.clear();
    for (const connector of this.#service.connectors.values()) connector.endNextTransition(undefined);
  }

  /** Closes at once; requests in flight are cut off. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://emulator.invalid");
    const path = url.pathname.startsWith(`${this.basePath}/`) ? url.pathname.slice(this.basePath.length) : undefined;
    const text = await readBody(request);
    const body = parse(text);
    if (path === undefined) return send(response, said(404, "Not Found"));
    const refusal = this.#authorize(request);
    if (path.startsWith("/_emulator/"))
      return send(response, refusal ?? control(this, request.method ?? "GET", path, body));
    const route = routeOf(request.method ?? "GET", path);
    const entry = this.#log.begin(request.method ?? "GET", path, route);
    response.once("close", () => entry.end(response.writableFinished ? response.statusCode : "reset"));
    if (refusal) return send(response, refusal);
    if (this.#throttle.isTooMany()) return send(response.setHeader("retry-after", "1"), said(429, "Too many requests"));
    const handle = () => this.#service.answer(route, body);
    const fault = this.#faults.next(route.call, route.connector);
    if (fault === undefined) return send(response, handle());
    const connector = () => this.#service.connectors.get(route.connector ?? "");
    await applyFault(fault, { response, text, handle, connector });
  }

  #authorize(request: IncomingMessage): Answer | undefined {
    const { authorization } = request.headers;
    if (authorization === `Bearer ${this.token}`) return undefined;
    return said(Number(this.quirks.unauthorized), authorization === undefined ? "Not authenticated" : "Invalid token");
  }
}
