import * as pulumi from "@pulumi/pulumi";
import type { ConnectorOutputs } from "../generated/outputs.js";
import type { Account } from "../provider/core/core.js";
import type * as Loaded from "../provider/core/lookup.js";
import type { ObservedConnector } from "../provider/model/observed-connector.js";
import { declaredValues } from "./declared-values.js";

/** An existing connector, as the service describes it. */
export interface ConnectorInfo extends ConnectorOutputs {
  readonly name: string;
  /**
   * Everything else that the service reports. Left out, at every depth, is what is named like a credential (`apiKey`,
   * `connectionString`, `sas`) and what holds a value that this process knows to be secret.
   */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface LookupOptions {
  /** The account to look in; default: the one of DATASPACE_ENDPOINT and DATASPACE_TOKEN. */
  readonly account?: string;
}

export interface ConnectorFilter extends LookupOptions {
  /** Only those with this status, compared without case, e.g. `"RUNNING"`. */
  readonly status?: string;
  /** Only those with this kind of storage, compared without case, e.g. `"AmazonS3"`. */
  readonly storageType?: string;
  /** Only those whose name matches. */
  readonly name?: RegExp | string;
}

/**
 * Reads one connector, whether this program declares it or not.
 *
 * @throws ConnectorError `NOT_FOUND`, and whatever reading may throw: `UNAUTHORIZED`, `UNAVAILABLE`, `SETTINGS_INVALID`, …
 */
export async function getConnector(name: string, options: LookupOptions = {}): Promise<ConnectorInfo> {
  return withAccount("read", options.account, name, async (account, { noSuchConnector }) => {
    const seen = await account.feed.look(name);
    if (seen) return infoOf(name, seen, account);
    throw noSuchConnector("read", name, "Check the name and the account.");
  });
}

/** Lists connectors, sorted by name. Throws as {@link getConnector} does; none found is an empty list. */
export async function getConnectors(filter: ConnectorFilter = {}): Promise<ConnectorInfo[]> {
  return withAccount("list", filter.account, undefined, async (account, { observeListed }) => {
    const listing = await account.client.list();
    const wanted = [...listing.names].filter((name) => matchesName(name, filter.name)).sort();
    const observed = await observeListed(account.client, listing, wanted);
    return [...observed]
      .map(([name, seen]) => infoOf(name, seen, account))
      .filter((info) => equals(info.status, filter.status) && equals(info.storageType, filter.storageType));
  });
}

/** Opens the account by this program's own settings for one lookup. The core loads here and not before. */
async function withAccount<T>(
  verb: "read" | "list",
  account: string | undefined,
  name: string | undefined,
  work: (account: Account, loaded: typeof Loaded) => Promise<T>,
): Promise<T> {
  const loaded = await import("../provider/core/lookup.js");
  for (const value of declaredValues) loaded.registerSecret(value);
  const opened = new loaded.Core((key) => pulumi.runtime.getConfig(key));
  return loaded.withCore(opened, { verb, name }, (core) => work(core.account(account), loaded));
}

function infoOf(name: string, seen: ObservedConnector, account: Account): ConnectorInfo {
  const { kind: _, storage, details, ...reported } = seen;
  return { name, ...reported, endpoint: account.client.baseUrl, details: { ...storage, ...details } };
}

function matchesName(name: string, wanted: RegExp | string | undefined): boolean {
  // `search` starts at the beginning each time; `test` goes on from where a global expression's last match ended.
  return wanted === undefined || (typeof wanted === "string" ? name === wanted : name.search(wanted) >= 0);
}

function equals(text: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || text?.toUpperCase() === wanted.toUpperCase();
}
