import { ConnectorMachine, type Payload, type Timing } from "./machine.js";
import type { Quirks } from "./quirks.js";

export type CallName = "create" | "edit" | "list" | "get" | "start" | "stop" | "fail" | "delete";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly call: CallName | "other";
  readonly connector?: string;
}

const namePattern = /^[a-z0-9]([-a-z0-9]{0,14}[a-z0-9])?$/;
const credential = /^(secretAccessKey|accessKeyId|accountKey|accountName)(Read|Write)$/;
const ok = said(200, "ok");

/** The service's call that a request makes. */
export function routeOf(method: string, path: string): Route {
  const [, root, connector, verb, ...rest] = path.split("/").map(decodeURIComponent);
  if (root !== "connectors" || rest.length > 0) return { call: "other" };
  if (connector === undefined) return { call: method === "GET" ? "list" : "other" };
  if (verb === undefined) {
    const calls: Record<string, CallName> = { GET: "get", POST: "create", PUT: "edit", DELETE: "delete" };
    return { call: calls[method] ?? "other", connector };
  }
  const power = method === "GET" && (verb === "start" || verb === "stop" || verb === "fail");
  return { call: power ? verb : "other", connector };
}

/** The service's connectors and its answers, without HTTP. */
export class Service {
  readonly connectors = new Map<string, ConnectorMachine>();
  /** How many connectors a POST has overwritten. */
  overwritten = 0;

  constructor(
    readonly quirks: Quirks,
    private readonly timing: Timing,
    private readonly now: () => number,
  ) {}

  answer({ call, connector: name }: Route, body: unknown): Answer {
    if (call === "other") return said(404, "Not Found");
    const { rights } = this.quirks;
    if (rights === "lost" && call !== "get") return said(403, "Not permitted");
    if (rights !== "all") return call === "list" ? { status: 200, body: {} } : said(404, "Connector not found");
    if (call === "list") return this.#list();
    if (name === undefined || !namePattern.test(name))
      return invalid(["path", "name"], "string does not match the pattern", name);
    const connector = this.connectors.get(name);
    if (call === "create") return this.#create(name, body, connector);
    if (call === "delete" && this.quirks.delete !== "present")
      return this.quirks.delete === "route405" ? said(405, "Method Not Allowed") : said(404, "Not Found");
    if (!connector) return said(404, `Connector ${name} not found`);
    switch (call) {
      case "get":
        return { status: 200, body: { name, ...this.#details(connector) } };
      case "edit":
        return this.#edit(connector, body);
      case "delete":
        if (connector.phase !== "STOPPED" && connector.phase !== "FAILED")
          return said(409, `Connector ${name} must be stopped first`);
        this.connectors.delete(name);
        return ok;
      default:
        return this.#power(call, connector);
    }
  }

  add(name: string, payload: Payload): ConnectorMachine {
    const connector = new ConnectorMachine(name, payload, this.timing, this.now);
    this.connectors.set(name, connector);
    return connector;
  }

  #list(): Answer {
    const { list } = this.quirks;
    if (list === "refused") return said(405, "Method Not Allowed");
    const entries = [...this.connectors.values()].map((connector): [string, Payload] => {
      if (list === "withoutStatus") return [connector.name, { bpn: connector.bpn }];
      const details = this.#details(connector);
      if (list === "withoutFields")
        return [connector.name, { [this.quirks.statusField]: details[this.quirks.statusField] }];
      return [connector.name, details];
    });
    if (list === "array") return { status: 200, body: entries.map(([name, details]) => ({ name, ...details })) };
    return { status: 200, body: Object.fromEntries(entries) };
  }

  #create(name: string, body: unknown, existing: ConnectorMachine | undefined): Answer {
    const refused = refusePayload(body);
    if (refused) return refused;
    if (existing && this.quirks.postExisting !== "overwrite") {
      return said(Number(this.quirks.postExisting), `Connector ${name} already exists`);
    }
    if (existing) this.overwritten++;
    this.add(name, body as Payload).start();
    return said(201, "created");
  }

  #edit(connector: ConnectorMachine, body: unknown): Answer {
    const refused = refusePayload(body);
    if (refused) return refused;
    const moving = connector.phase === "STARTING" || connector.phase === "STOPPING";
    if (moving && this.quirks.putInTransition === "409")
      return said(409, `Connector ${connector.name} is ${connector.phase}`);
    const { putStopped, restart } = this.quirks;
    connector.edit(body as Payload, {
      startsStopped: putStopped === "starts",
      throughStopped: restart === "throughStopped",
    });
    return ok;
  }

  #power(call: "start" | "stop" | "fail", connector: ConnectorMachine): Answer {
    const { phase } = connector;
    if (call === "start" && phase === "RUNNING")
      return this.quirks.startRunning === "200" ? ok : said(400, "already running");
    if (call === "start" && connector.isRestarting) return said(409, `Connector ${connector.name} is restarting`);
    if (call === "start" && phase === "FAILED" && this.quirks.startFailed === "409")
      return said(409, "a failed connector can only be stopped or deleted");
    if (call === "stop" && phase === "STOPPED")
      return this.quirks.stopStopped === "200" ? ok : said(400, "already stopped");
    connector[call]();
    return ok;
  }

  #details(connector: ConnectorMachine): Payload {
    const { payload, bpn } = connector;
    const phase = connector.show();
    const word = phase === "STARTING" ? this.quirks.startingWord : phase === "FAILED" ? this.quirks.failedWord : phase;
    const tells = this.quirks.echoStorage === "present";
    const echoed = Object.entries(payload).flatMap(([field, value]): [string, unknown][] => {
      if (!credential.test(field)) return tells ? [[field, value]] : [];
      const { echoSecrets } = this.quirks;
      if (echoSecrets === "absent" || echoSecrets === "nested") return [];
      return [[field, echoSecrets === "masked" ? "****" : value]];
    });
    const nested = this.quirks.echoSecrets === "nested" ? nestedConfig(payload) : undefined;
    const storageType = "bucketName" in payload ? "AmazonS3" : "containerName" in payload ? "AzureStorage" : undefined;
    return {
      [this.quirks.statusField]: word,
      bpn,
      ...(storageType === undefined || !tells ? {} : { storageType }),
      ...Object.fromEntries(echoed),
      ...(nested && { storage_config: nested }),
    };
  }
}

/** A payload's credentials as another service may write them. */
function nestedConfig(payload: Payload): Payload {
  const credentials = Object.entries(payload).filter(([field]) => credential.test(field));
  const isPassword = ([field]: [string, unknown]) => /Key(?=Write$)/.test(field);
  return {
    password_write: credentials.find(isPassword)?.[1],
    keys: credentials.filter((each) => !isPassword(each)).map(([, value]) => ({ value })),
  };
}

/** Refuses all but `{}` and a complete storage block. As with FastAPI, the answer echoes what was sent. */
function refusePayload(body: unknown): Answer | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return invalid(["body"], "value is not a valid dict", body);
  const fields = Object.keys(body);
  if (fields.length === 0) return undefined;
  const suffixes = ["Read", "Write"];
  const required = fields.includes("containerName")
    ? ["containerName", "blobstoreEndpointTemplate", ...suffixes.flatMap((s) => [`accountName${s}`, `accountKey${s}`])]
    : ["bucketName", ...suffixes.flatMap((s) => [`accessKeyId${s}`, `secretAccessKey${s}`])];
  const missing = required.filter((field) => !fields.includes(field));
  if (missing.length === 0) return undefined;
  return {
    status: 422,
    body: {
      detail: missing.map((field) => ({ loc: ["body", field], msg: "field required", type: "missing", input: body })),
    },
  };
}

function invalid(loc: string[], msg: string, input: unknown): Answer {
  return { status: 422, body: { detail: [{ loc, msg, type: "value_error", input }] } };
}

/** An answer of few words, as FastAPI writes it. */
export function said(status: number, detail: string): Answer {
  return { status, body: { detail } };
}
