import type { ObservedConnector } from "../../model/observed-connector.js";
import type { CallOptions, ConnectorsClient } from "../client.js";
import type { Listing } from "../replies.js";

/**
 * What the service says of listed connectors, in the order of `names`. A list may say less than a read of one connector, so those
 * of which it says too little are read one by one. Leaves out connectors that have no status either way.
 *
 * @param options.suffices whether the list says enough of a connector. Default: whether it says the status.
 */
export async function observeListed(
  client: Pick<ConnectorsClient, "get">,
  listing: Listing,
  names: readonly string[],
  { suffices = () => true, ...call }: CallOptions & { readonly suffices?: (listed: ObservedConnector) => boolean } = {},
): Promise<ReadonlyMap<string, ObservedConnector>> {
  const observed = await Promise.all(
    names.map(async (name): Promise<[string, ObservedConnector | undefined]> => {
      const listed = listing.observed(name);
      return [name, listed && suffices(listed) ? listed : ((await client.get(name, call)) ?? listed)];
    }),
  );
  return new Map(observed.filter((entry): entry is [string, ObservedConnector] => entry[1] !== undefined));
}
