import { storageKindOf, storageKinds } from "../../provider/model/storage.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import { matcher, sightAll } from "./matching.js";
import { withService, type ServiceOptions } from "../service/service.js";

/** Which connectors are listed; all unless told. */
export interface ListOptions extends ServiceOptions {
  /** A name or pattern, e.g. `acme-*`. */
  readonly name?: string | undefined;
  /** The service's word; compared without case. */
  readonly status?: string | undefined;
  /** The service's word for the kind of storage, e.g. `AmazonS3`, or `none`; compared without case. */
  readonly storage?: string | undefined;
}

/** One connector as the service has it. */
export interface ListedConnector {
  readonly name: string;
  readonly status: string;
  /** The service's word for the kind of storage, where it has one. */
  readonly storage?: string;
  /** Bucket or container. */
  readonly place?: string;
  readonly bpn?: string;
}

/**
 * The connectors of an account, by name.
 *
 * @throws ConnectorError when the service can't be asked, or refuses to list.
 */
export function list(options: ListOptions = {}): Promise<readonly ListedConnector[]> {
  return withService(options, async (service) => {
    const fleet = await sightAll(service, "list", { name: matcher(options.name), whole: true });
    return [...fleet].map(([name, seen]) => listedOf(name, seen)).filter((connector) => isWanted(connector, options));
  });
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

function isWanted({ status, storage = "none" }: ListedConnector, wanted: ListOptions): boolean {
  const agrees = (have: string, want: string | undefined) =>
    want === undefined || have.toLowerCase() === want.toLowerCase();
  return agrees(status, wanted.status) && agrees(storage, wanted.storage);
}
