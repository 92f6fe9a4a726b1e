import { isRequestError, type RequestError } from "../../provider/api/outcome.js";
import type { Account } from "../../provider/core/core.js";
import { passes } from "../../provider/lifecycle/request-failure.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";

/**
 * Follows what the service says of one connector until the signal aborts; `undefined`: it is absent. Temporary errors go to
 * `onTrouble` and are retried, except at first.
 */
export async function* follow(
  { feed }: Pick<Account, "feed">,
  name: string,
  signal: AbortSignal,
  onTrouble: (error: RequestError) => void,
): AsyncGenerator<ObservedConnector | undefined> {
  for (let first = true; !signal.aborted;) {
    let observed: ObservedConnector | undefined;
    try {
      // Absence from a list proves nothing: the single read decides.
      observed = (first ? undefined : await feed.next(name, { signal })) ?? (await feed.look(name, { signal }));
    } catch (error) {
      if (signal.aborted) return;
      if (first || !isRequestError(error) || !passes(error)) throw error;
      onTrouble(error);
      continue;
    }
    first = false;
    yield observed;
  }
}
