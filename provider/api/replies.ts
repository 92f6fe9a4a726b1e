import { quote } from "../errors/redact.js";
import { isObject } from "../model/json.js";
import { isConnectorName } from "../model/name.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import { reportedNames, type ReportedOutputs } from "../model/outputs.js";
import type { PropertyMap } from "../model/property-map.js";
import { statusKind } from "../model/status.js";
import { plainFields, storageBlocks } from "../model/storage.js";
import { fitField, fitForOutputs, fittingInto } from "./bounded.js";
import type { Edition } from "./editions/edition.js";
import { RequestError, type CallName } from "./outcome.js";
import { wordsOf } from "./refusals.js";
import type { DatedReply } from "./ages.js";
import { jsonOf, type Reply } from "./transport.js";

/** What a list said. Read entry by entry, when asked: an account may hold far more connectors than anybody waits for. */
export class Listing {
  readonly #observations = new Map<string, ObservedConnector>();

  constructor(
    private readonly edition: Edition,
    private readonly entries: ReadonlyMap<string, PropertyMap>,
    /** Entries whose names no connector can have, as the service wrote them, fit to be shown. Nothing can be done with them. */
    readonly unusable: readonly string[],
    /** How old it is: 0 unless a cache answered. Milliseconds. */
    readonly ageMs = 0,
  ) {}

  /** All names of connectors that it held. */
  get names(): ReadonlySet<string> {
    return new Set(this.entries.keys());
  }

  /** There is no entry at all, not even an unusable one. */
  get isEmpty(): boolean {
    return this.entries.size === 0 && this.unusable.length === 0;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** What it said of one connector; `undefined` where it didn't hold it, or told no status. */
  observed(name: string): ObservedConnector | undefined {
    const known = this.#observations.get(name);
    if (known) return known;
    const details = this.entries.get(name);
    const seen = details && observedConnectorOf(this.edition.details(details));
    if (seen) this.#observations.set(name, seen);
    return seen;
  }
}

/** Keys that become fields of their own. */
const fields: ReadonlySet<string> = new Set(["status", ...reportedNames]);
/** What one connector's further details may take up, as JSON; and a status word or a number, in characters. */
const mostOfDetails = 16 * 1024;
const mostOfAWord = 100;
const plain: ReadonlySet<string> = new Set(storageBlocks.flatMap(plainFields));

/** One connector's details; `undefined` when they lack a status. */
function observedConnectorOf(details: PropertyMap): ObservedConnector | undefined {
  const word = details["status"];
  if (typeof word !== "string" || word.trim() === "") return undefined;
  const status = quote(word, mostOfAWord);
  const reported = reportedNames.flatMap((name) => {
    const value = details[name];
    return typeof value === "string" && value !== "" ? [[name, quote(value, mostOfAWord)]] : [];
  });
  const storage: Record<string, string> = {};
  const rest: [string, unknown][] = [];
  for (const [key, raw] of Object.entries(details)) {
    if (fields.has(key)) continue;
    const value = plain.has(key) && typeof raw === "string" ? fitField(raw) : fitForOutputs(raw);
    if (isMasked(value)) continue;
    if (plain.has(key) && typeof value === "string") storage[key] = value;
    else rest.push([key, value]);
  }
  return {
    status,
    kind: statusKind(word),
    ...(Object.fromEntries(reported) as ReportedOutputs),
    storage,
    details: fittingInto(mostOfDetails, rest),
  };
}

/** @throws RequestError when the answer isn't one connector's details. */
export function readConnector(reply: Reply, edition: Edition): ObservedConnector {
  const body = jsonOf(reply);
  const seen = isObject(body) ? observedConnectorOf(edition.details(body)) : undefined;
  if (!seen) throw badReply("get", reply, "one connector's details");
  return seen;
}

/** @throws RequestError when the answer isn't a list. */
export function readListing(reply: DatedReply, edition: Edition): Listing {
  const listed = edition.entries(jsonOf(reply));
  if (!listed) throw badReply("list", reply, "a list of connectors");
  const entries = new Map<string, PropertyMap>();
  const unusable: string[] = [];
  for (const [name, details] of listed) {
    if (typeof name === "string" && isConnectorName(name)) entries.set(name, details);
    else unusable.push(quote(String(name), mostOfAWord));
  }
  return new Listing(edition, entries, unusable, reply.ageMs);
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

function isMasked(value: unknown): boolean {
  return value === null || value === "" || (typeof value === "string" && /^[*•x]+$/i.test(value));
}
