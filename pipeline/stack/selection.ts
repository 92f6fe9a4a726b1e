import { selector, unmatchedIn, type KeyFilter } from "../source/glob.js";
import { nearestFirst } from "../../provider/model/nearest.js";
import { noMatch, wildcardInKey } from "./messages.js";
import { isConnector, keyOf } from "./urn.js";

/** A resource that the source declares. */
export interface DeclaredResource {
  readonly urn: string;
  /** The URN in state, where the source gives the resource another name now. */
  readonly was?: string | undefined;
}

/** The resources that a run may meet. */
export interface KnownResources {
  /** URNs in state. */
  readonly held: readonly string[];
  readonly declared: readonly DeclaredResource[];
  /** No other resource can appear during the run. */
  readonly isComplete: boolean;
}

/** The engine's own options: URNs that the run is limited to, or URNs that it leaves alone. */
export interface EngineSelection {
  readonly target?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Selects nothing: no URN matches it, and the engine accepts it. A list without any target would select everything. */
export const nothing = "urn:pulumi:none::none::none::*";

/**
 * The selected connectors as the engine's options. The globs are evaluated here, and the engine gets exact URNs. Without `only`,
 * resources that are no connectors are selected too. Where unknown resources may appear, the run is limited to known ones.
 *
 * @throws ConnectorError `SETTINGS_INVALID` where the engine can't be told exactly
 */
export function engineSelection(known: KnownResources, filter: KeyFilter): EngineSelection {
  const isSelected = selector(filter);
  const { only = [] } = filter;
  const declared = new Map(known.declared.map(({ urn, was }) => [urn, was ?? urn]));
  const held = new Set(known.held);
  const target: string[] = [];
  const exclude: string[] = [];
  for (const urn of new Set([...declared.keys(), ...held])) {
    const keys = [keyOf(urn), keyOf(declared.get(urn) ?? urn)];
    const list = (isConnector(urn) ? isSelected(...keys) : only.length === 0) ? target : exclude;
    // The engine fails on a URN that is not in state yet, or was removed by its refresh, but never on a glob (observed). A URN
    // with any stack's name is as exact: a run sees only one stack.
    list.push(held.has(urn) && declared.has(urn) ? urn : urn.replace(/^urn:pulumi:[^:]*/, "urn:pulumi:*"));
  }
  if (known.isComplete && only.length === 0) return exclude.length === 0 ? {} : { exclude: exact(exclude) };
  return { target: target.length === 0 ? [nothing] : exact(target) };
}

/** @throws ConnectorError `SETTINGS_INVALID` for a connector's key that the engine would read as a glob */
export function exact(urns: readonly string[]): readonly string[] {
  const wild = urns.find((urn) => isConnector(urn) && keyOf(urn).includes("*"));
  if (wild !== undefined) throw wildcardInKey(keyOf(wild));
  return urns;
}

/**
 * @param urns of the stack's own resources, and of declared ones
 * @param elsewhere more keys that may be meant: those of a fleet's other stacks
 * @throws ConnectorError `SETTINGS_INVALID` for a glob that matches no connector's key
 */
export async function requireMatches(
  urns: readonly string[],
  filter: KeyFilter,
  elsewhere: () => Promise<readonly string[]>,
): Promise<void> {
  const keys = urns.filter(isConnector).map(keyOf);
  if (unmatchedIn(keys, filter).length === 0) return;
  const all = [...new Set([...keys, ...(await elsewhere())])];
  const [unmatched] = unmatchedIn(all, filter);
  if (unmatched) throw noMatch(unmatched.flag, unmatched.glob, nearestFirst(unmatched.glob, all).slice(0, 3));
}
