import type { StoragePayload } from "../model/observed-connector.js";
import { storageKinds } from "../model/storage.js";
import { differencesFrom, echoAgrees, isSameStorage, showsNoStorage } from "./matches.js";
import type { Situation } from "./situation.js";

/**
 * Whether what is seen now came from this operation's own POST, before which the name was seen to be free. `unread`: only a read
 * of this connector alone can tell. Pure.
 *
 * A POST that was accepted, and then shows another place, was accepted by something in between. Where its answer was lost, the
 * echo must match field by field: somebody else may have made it meanwhile.
 */
export function cameFromPost(
  { seen, alone, done }: Pick<Situation, "seen" | "alone" | "done">,
  payload: StoragePayload | undefined,
): "yes" | "no" | "unread" {
  const posted = done.create;
  if (!seen || !posted || posted.result === "refused") return "no";
  if (posted.result === "accepted") {
    const place = payload && `${payload.block}.${storageKinds[payload.block].place}`;
    const isElsewhere = differencesFrom(seen, payload).some((path) => !path.includes(".") || path === place);
    return isElsewhere ? "no" : "yes";
  }
  if (!echoAgrees(seen, payload)) return "no";
  if (payload && isSameStorage(seen, payload)) return "yes";
  if (!alone) return "unread";
  return (payload ? isSameStorage(alone, payload) : showsNoStorage(alone)) ? "yes" : "no";
}
