import { observeListed } from "../../provider/api/feed/observe-listed.js";
import type { Listing } from "../../provider/api/replies.js";
import type { ConnectorError } from "../../provider/errors/connector-error.js";
import type { Verb } from "../../provider/errors/messages/lifecycle.js";
import { isConnectorName } from "../../provider/model/name.js";
import { nearest } from "../../provider/model/nearest.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import type { Service } from "../service/service.js";
import * as globs from "../source/glob.js";
import { cannotList, noneMatches, unknownConnector, notAName } from "./messages.js";

/** Connectors by name, sorted. */
export type ObservedConnectors = ReadonlyMap<string, ObservedConnector>;

/**
 * What the service says of the connectors that a name or glob selects.
 *
 * @throws ConnectorError `NOT_FOUND` when it selects none
 */
export async function observeMatching(service: Service, selector: string, verb: Verb): Promise<ObservedConnectors> {
  if (isGlob(selector)) {
    const selected = await observeListedBy(service, selector, await listingOf(service));
    if (selected.size > 0) return selected;
    throw noneMatches(selector);
  }
  const name = requireName(selector);
  const observed = await service.account.feed.look(name, { signal: service.signal });
  if (observed) return new Map([[name, observed]]);
  throw await notFound(service, verb, name);
}

/** Whether a text selects by pattern, as in a shell. */
export function isGlob(text: string): boolean {
  return !isConnectorName(text) && globs.isGlob(text);
}

/** @throws ConnectorError `SETTINGS_INVALID` when the text is not a connector's name */
export function requireName(text: string): string {
  if (!isConnectorName(text)) throw notAName(text);
  return text;
}

/** The account's connectors as one list. @throws ConnectorError `REJECTED` when the service refuses to list */
export async function listingOf({ account, signal }: Service): Promise<Listing> {
  const listing = await account.feed.all({ signal });
  if (listing) return listing;
  const { refusal } = account.feed;
  throw refusal?.status === 403 ? refusal : cannotList();
}

/** What the service says of the listed connectors whose name matches. Default: of all. */
export function observeListedBy(
  { account, signal }: Service,
  glob: string | undefined,
  listing: Listing,
  suffices?: (listed: ObservedConnector) => boolean,
): Promise<ObservedConnectors> {
  const isWanted = glob === undefined ? () => true : globs.matcher([glob]);
  const names = [...listing.names].filter(isWanted).sort();
  return observeListed(account.client, listing, names, { signal, ...(suffices ? { suffices } : {}) });
}

/** The error for a name that the service doesn't have. Suggests the name that was probably meant. */
export async function notFound({ account, signal }: Service, verb: Verb, name: string): Promise<ConnectorError> {
  const listing = await account.feed.all({ signal }).catch(() => undefined);
  return unknownConnector(verb, name, listing && nearest(name, [...listing.names]));
}
