import picomatch from "picomatch";
import { isRequestError } from "../../provider/api/outcome.js";
import type { Verb } from "../../provider/errors/messages/lifecycle.js";
import { isConnectorName } from "../../provider/model/name.js";
import { nearest } from "../../provider/model/nearest.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import { cannotList, noneMatches, noSuchConnector, notAName, requestFailure } from "./messages.js";
import { matchesAny } from "../source/glob.js";
import type { Service } from "../service/service.js";
import { interrupted } from "../service/messages.js";

/** Connectors by name, in the names' order. */
export type Fleet = ReadonlyMap<string, ObservedConnector>;

/** Whether a text stands for many names, as a shell's pattern does. */
export function isGlob(text: string): boolean {
  return !isConnectorName(text) && picomatch.scan(text).isGlob;
}

/** @throws ConnectorError `SETTINGS_INVALID` for what is no connector's name. */
export function requireName(text: string): string {
  if (!isConnectorName(text)) throw notAName(text);
  return text;
}

/** Whether a name is one of those that a pattern stands for; without a pattern every one is. */
export function matcher(pattern: string | undefined): (name: string) => boolean {
  return pattern === undefined ? () => true : (name) => matchesAny(name, [pattern]);
}

/**
 * What the service says of the connectors that a name or pattern stands for.
 *
 * @throws ConnectorError `NOT_FOUND` when there is none.
 */
export async function observeMatching(service: Service, pattern: string, verb: Verb): Promise<Fleet> {
  const { account, signal } = service;
  if (!isGlob(pattern)) {
    const name = requireName(pattern);
    const seen = await told(service, verb, name, () => account.feed.look(name, { signal }));
    if (seen) return new Map([[name, seen]]);
    throw noSuchConnector(verb, name, await meantBy(service, name));
  }
  const fleet = await sightAll(service, verb, { name: matcher(pattern) });
  if (fleet.size === 0) throw noneMatches(pattern);
  return fleet;
}

/**
 * What the service says of all of an account's connectors: one list, and single looks for those of which it doesn't say enough.
 *
 * @param wanted.name only these.
 * @param wanted.whole not only their status, but also their storage.
 */
export async function sightAll(
  service: Service,
  verb: Verb,
  wanted: { readonly name?: (name: string) => boolean; readonly whole?: boolean } = {},
): Promise<Fleet> {
  const { account, signal } = service;
  const listing = await told(service, verb, undefined, () => account.feed.all({ signal }));
  if (!listing) throw await reasonNotToList(service, verb);
  const names = [...listing.names].filter(wanted.name ?? (() => true)).sort();
  const looked = await told(service, verb, undefined, () =>
    Promise.all(
      names.map(async (name): Promise<[string, ObservedConnector | undefined]> => {
        const listed = listing.observed(name);
        const enough = listed && (wanted.whole !== true || tellsStorage(listed));
        return [name, enough ? listed : ((await account.client.get(name, { signal })) ?? listed)];
      }),
    ),
  );
  return new Map(looked.filter((entry): entry is [string, ObservedConnector] => entry[1] !== undefined));
}

/** Why there is no list: asked once more, because the feed goes on without one. */
async function reasonNotToList({ account, signal }: Service, verb: Verb): Promise<unknown> {
  try {
    await account.client.list({ signal, repeat: false });
    return cannotList();
  } catch (error) {
    return isRequestError(error) && error.status !== 403 ? cannotList() : requestFailure(error, verb);
  }
}

/** A list may hold the status alone. */
function tellsStorage({ bpn, storageType, storage }: ObservedConnector): boolean {
  return bpn !== undefined || storageType !== undefined || Object.keys(storage).length > 0;
}

/** The request's error in the words of the command; an interruption in its own. */
export async function told<T>(
  { signal }: Pick<Service, "signal">,
  verb: Verb,
  name: string | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw signal.aborted ? interrupted() : requestFailure(error, verb, name);
  }
}

/** The name that an absent one was probably meant to be, where the service lists. */
export async function meantBy({ account, signal }: Service, name: string): Promise<string | undefined> {
  const listing = await account.feed.all({ signal }).catch(() => undefined);
  return listing && nearest(name, [...listing.names]);
}
