import { quote, redact } from "../errors/redact.js";
import { isObject, parseJson } from "../model/json.js";
import { isConnectorName } from "../model/name.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import { statusKind } from "../model/status.js";
import { allCredentialFields, plainFields, storageBlocks } from "../model/storage.js";
import { fitForOutputs, fittingInto } from "./bounded.js";
import { RequestError, type CallName } from "./outcome.js";
import { wordsOf } from "./refusals.js";
import type { Reply } from "./transport.js";

/** What a list said. Read entry by entry, when asked: an account may hold far more connectors than anybody waits for. */
export class Listing {
  readonly #observations = new Map<string, ObservedConnector>();

  constructor(
    private readonly entries: ReadonlyMap<string, Record<string, unknown>>,
    /** Entries whose names no connector can have, as the service wrote them, fit to be shown. Nothing can be done with them. */
    readonly unusable: readonly string[],
  ) {}

  /** All names of connectors that it held. */
  get names(): ReadonlySet<string> {
    return new Set(this.entries.keys());
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** What it said of one connector; `undefined` where it didn't hold it, or told no status. */
  observed(name: string): ObservedConnector | undefined {
    const known = this.#observations.get(name);
    if (known) return known;
    const details = this.entries.get(name);
    const seen = details && observedConnectorOf(details);
    if (seen) this.#observations.set(name, seen);
    return seen;
  }
}

/** Keys that identify a connector, or that became fields of their own. */
const spent = new Set(["name", "connectorName", "status", "state", "bpn", "storageType"]);
/** What one connector's further details may take up in state, as JSON; and a status word or a number, in characters. */
const mostOfDetails = 16 * 1024;
const mostOfAWord = 100;
const plain: ReadonlySet<string> = new Set(storageBlocks.flatMap(plainFields));

/** One connector's details; `undefined` when they lack a status. */
export function observedConnectorOf(details: Record<string, unknown>): ObservedConnector | undefined {
  const word = own(details, "status") ?? own(details, "state");
  if (typeof word !== "string" || word.trim() === "") return undefined;
  const status = quote(word, mostOfAWord);
  const bpn = textIn(details, "bpn");
  const storageType = textIn(details, "storageType");
  const storage: Record<string, string> = {};
  const rest: [string, unknown][] = [];
  for (const [key, raw] of Object.entries(details)) {
    const value = fitForOutputs(raw);
    if (spent.has(key) || isMasked(value) || isSecret(key, value)) continue;
    if (plain.has(key) && typeof value === "string") storage[key] = value;
    else rest.push([key, value]);
  }
  return {
    status,
    kind: statusKind(status),
    ...(bpn === undefined ? {} : { bpn }),
    ...(storageType === undefined ? {} : { storageType }),
    storage,
    details: fittingInto(mostOfDetails, rest),
  };
}

/** @throws RequestError when the answer isn't one connector's details. */
export function readConnector(reply: Reply): ObservedConnector {
  const body = parseJson(reply.text);
  const seen = isObject(body) ? observedConnectorOf(body) : undefined;
  if (!seen) throw badReply("get", reply, "one connector's details");
  return seen;
}

/** A map from name to details, or an array of details with their names. @throws RequestError when it is neither. */
export function readListing(reply: Reply): Listing {
  const entries = new Map<string, Record<string, unknown>>();
  const unusable: string[] = [];
  for (const [name, details] of entriesOf(parseJson(reply.text), reply)) {
    if (typeof name === "string" && isConnectorName(name)) entries.set(name, details);
    else unusable.push((typeof name === "string" && quote(name, mostOfAWord)) || "(no name)");
  }
  return new Listing(entries, unusable);
}

function entriesOf(body: unknown, reply: Reply): [unknown, Record<string, unknown>][] {
  if (Array.isArray(body) && body.every(isObject))
    return body.map((item) => [own(item, "name") ?? own(item, "connectorName"), item]);
  // A map holds nothing but details; anything else (an error, a login page's JSON) must not pass for an empty account.
  if (isObject(body) && Object.values(body).every(isObject))
    return Object.entries(body) as [string, Record<string, unknown>][];
  throw badReply("list", reply, "a list of connectors");
}

export function badReply(call: CallName, reply: Reply, wanted: string): RequestError {
  return new RequestError(`the service answered ${reply.status}, but not with ${wanted}`, {
    call,
    kind: "badReply",
    outcome: "unknown",
    status: reply.status,
    ...wordsOf(reply.text),
  });
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function textIn(details: Record<string, unknown>, key: string): string | undefined {
  const value = own(details, key);
  return typeof value === "string" && value !== "" ? quote(value, mostOfAWord) : undefined;
}

function isMasked(value: unknown): boolean {
  return value === null || value === "" || (typeof value === "string" && /^[*•x]+$/i.test(value));
}

/** By name, or because it is a value that this process knows to be secret. */
function isSecret(key: string, value: unknown): boolean {
  if (allCredentialFields.has(key) || /secret|password|token|account_?(key|name)|access_?key|username/i.test(key))
    return true;
  const text = JSON.stringify(value) ?? "";
  return redact(text) !== text;
}
