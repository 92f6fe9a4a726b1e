import { isRequestError, type RequestError } from "../../provider/api/outcome.js";
import type { Account } from "../../provider/core/core.js";
import { passes } from "../../provider/lifecycle/request-failure.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";

/**
 * What the service says of one connector, look after look, until the signal aborts; `undefined`: it is absent. What fails for
 * the moment is told and outlasted, except at the first look.
 */
export async function* observe(
  { feed }: Pick<Account, "feed">,
  name: string,
  signal: AbortSignal,
  onTrouble: (error: RequestError) => void,
): AsyncGenerator<ObservedConnector | undefined> {
  for (let first = true; !signal.aborted;) {
    let seen: ObservedConnector | undefined;
    try {
      // Absence in a list alone is no proof: the confirmed look decides.
      seen = (first ? undefined : await feed.next(name, { signal })) ?? (await feed.look(name, { signal }));
    } catch (error) {
      if (signal.aborted) return;
      if (first || !isRequestError(error) || !passes(error)) throw error;
      onTrouble(error);
      continue;
    }
    first = false;
    yield seen;
  }
}
