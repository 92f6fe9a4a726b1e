import { RequestError } from "../outcome.js";
import { stale } from "../ages.js";
import type { DatedListing } from "./single-flight-list.js";

/**
 * Why a 404 in JSON on the single read doesn't prove that a connector is gone; `undefined`: it does. Pure.
 *
 * @param list what the list said, or the service's refusal to list
 * @param known whether it has been there; `false`: its absence is no surprise
 */
export function doubtOfAbsence(
  name: string,
  list: DatedListing | RequestError | undefined,
  known: boolean | undefined,
  about: {
    /** The list tells of a time that is long past, or before our own last change. */
    readonly isOld: boolean;
    readonly account: string | undefined;
    readonly address: string;
    readonly acceptEmptyAccount: boolean;
  },
): RequestError | undefined {
  if (!list) return undefined;
  // The token may have lost its rights, and then every connector is a 404 to it.
  if ("outcome" in list) return list.kind === "forbidden" && known !== false ? list : undefined;
  const { listing } = list;
  if (about.isOld && known !== false) return stale("list", listing.ageMs);
  if (about.isOld) return undefined;
  if (listing.has(name)) return contradiction();
  return listing.isEmpty && known && !about.acceptEmptyAccount ? emptyAccount(about.account, about.address) : undefined;
}

/** What a token sees that is of another account, or has lost its rights. */
function emptyAccount(account: string | undefined, address: string): RequestError {
  const which = account === undefined ? "the account" : `account "${account}"`;
  return new RequestError(`${which} at ${address} shows no connectors at all, although this one was known`, {
    call: "list",
    kind: "emptyAccount",
    outcome: "refused",
    status: 200,
  });
}

function contradiction(): RequestError {
  return new RequestError("the service lists it, but answers 404 when asked for it alone", {
    call: "get",
    kind: "badReply",
    outcome: "refused",
    status: 404,
  });
}
