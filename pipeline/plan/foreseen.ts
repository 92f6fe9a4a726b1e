import { identityOf } from "../../provider/model/name.js";
import type { Plan } from "../run/plan.js";
import { manifestIdentity } from "../source/manifest/renames.js";
import type { OpenSource } from "../source/source.js";
import { connectorsIn, type State } from "../stack/state.js";
import { keyHasMoved, nameIsHeld, willFail } from "./messages.js";

/**
 * Errors that a run of this plan would end with: it does not begin. Above all, no run destroys a connector whose name the
 * same source declares under another key.
 *
 * @param created identities of the connectors that it creates
 */
export function foreseenErrors(
  { connectors }: Plan,
  state: State,
  { manifest }: OpenSource,
  created: ReadonlySet<string>,
): string[] {
  const held = new Map(connectorsIn(state).map(({ urn, account, name }) => [urn, identityOf(account, name)]));
  const destroyed = connectors.filter(({ effects }) => effects.includes("destroy"));
  const refused = connectors.flatMap(({ key, name, refused: why }) => {
    if (why === undefined) return [];
    const holder = destroyed.find((each) => each.name === name && created.has(held.get(each.urn) ?? ""));
    return [holder ? nameIsHeld(name, holder.key, key) : willFail(name, why)];
  });
  const declared = new Map((manifest?.connectors ?? []).map((each) => [manifestIdentity(each), each.key]));
  const moved = destroyed.flatMap(({ urn, name }) => {
    const key = declared.get(held.get(urn) ?? "");
    return key === undefined ? [] : [keyHasMoved(name, key, urn)];
  });
  return [...refused, ...moved].map(({ message }) => message);
}
