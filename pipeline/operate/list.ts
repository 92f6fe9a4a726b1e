import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import { storageKindOf, storageKinds } from "../../provider/model/storage.js";
import { withService, type ServiceOptions } from "../service/service.js";
import { listingOf, observeListedBy } from "./matching.js";

/** Which connectors are listed. Default: all. */
export interface ListOptions extends ServiceOptions {
  /** A name or glob, e.g. `acme-*`. */
  readonly name?: string | undefined;
  /** The service's word, compared without case. */
  readonly status?: string | undefined;
  /** The service's word for the kind of storage, e.g. `AmazonS3`, or `none`; compared without case. */
  readonly storage?: string | undefined;
}

/** One connector as the service lists it. */
export interface ListedConnector {
  readonly name: string;
  readonly status: string;
  /** The service's word for the kind of storage. */
  readonly storage?: string;
  /** Bucket or container. */
  readonly place?: string;
  readonly bpn?: string;
}

/**
 * Lists the connectors of an account, sorted by name.
 *
 * @throws ConnectorError when the service can't be reached or refuses to list
 */
export function list(options: ListOptions = {}): Promise<readonly ListedConnector[]> {
  return withService(options, { verb: "list" }, async (service) => {
    const observed = await observeListedBy(service, options.name, await listingOf(service), saysStorage);
    return [...observed].map(([name, one]) => listedOf(name, one)).filter((connector) => isWanted(connector, options));
  });
}

/** A list may hold the status alone. */
function saysStorage({ bpn, storageType, storage }: ObservedConnector): boolean {
  return bpn !== undefined || storageType !== undefined || Object.keys(storage).length > 0;
}

function listedOf(name: string, { status, storageType, storage, bpn }: ObservedConnector): ListedConnector {
  const block = storageType === undefined ? undefined : storageKindOf(storageType);
  const place = block && storage[storageKinds[block].place];
  return {
    name,
    status,
    ...(storageType === undefined ? {} : { storage: storageType }),
    ...(place === undefined ? {} : { place }),
    ...(bpn === undefined ? {} : { bpn }),
  };
}

function isWanted({ status, storage = "none" }: ListedConnector, options: ListOptions): boolean {
  const equal = (actual: string, filter: string | undefined) =>
    filter === undefined || actual.toLowerCase() === filter.toLowerCase();
  return equal(status, options.status) && equal(storage, options.storage);
}
