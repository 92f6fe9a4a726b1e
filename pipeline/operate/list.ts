import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import { storageKindOf, storageKinds } from "../../provider/model/storage.js";
import { Run } from "../run/run.js";
import { unusableNames } from "../service/messages.js";
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
 * Lists the connectors of an account, sorted by name. Warns of entries that have no valid name.
 *
 * @throws ConnectorError when the service can't be reached or refuses to list
 */
export function list(options: ListOptions = {}): Run<readonly ListedConnector[]> {
  return new Run((emit) =>
    withService(options, { verb: "list" }, async (service) => {
      const listing = await listingOf(service);
      if (listing.unusable.length > 0) emit({ type: "warning", text: unusableNames(listing.unusable) });
      const observed = await observeListedBy(service, options.name, listing, saysStorage);
      return [...observed].map(([name, one]) => listedOf(name, one)).filter((one) => isWanted(one, options));
    }),
  );
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
