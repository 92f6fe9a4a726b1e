import { identityOf } from "../../../provider/model/name.js";
import { textOf } from "../../../provider/model/property-map.js";
import type { ManifestConnector } from "./manifest.js";

/** A connector of a stack's state. */
export interface HeldName {
  readonly key: string;
  readonly urn: string;
  readonly name: string;
  readonly account: string | undefined;
}

/**
 * Keys that a manifest gives to connectors which state holds under other keys, each with its URN in state: the name at the
 * service is a connector's identity, so a new key for the same name is a rename.
 */
export function renamesIn(
  connectors: readonly Pick<ManifestConnector, "key" | "args">[],
  held: readonly HeldName[],
): ReadonlyMap<string, string> {
  const declaredKeys = new Set(connectors.map(({ key }) => key));
  const heldKeys = new Set(held.map(({ key }) => key));
  const left = new Map(
    held
      .filter(({ key }) => !declaredKeys.has(key))
      .map(({ urn, name, account }) => [identityOf(account, name), urn] as const),
  );
  return new Map(
    connectors.flatMap(({ key, args }) => {
      const urn = heldKeys.has(key) ? undefined : left.get(manifestIdentity({ key, args }));
      return urn === undefined ? [] : [[key, urn] as const];
    }),
  );
}

/** A manifest's values are given in clear, so no name or account of it is an output. */
export function manifestIdentity({ key, args }: Pick<ManifestConnector, "key" | "args">): string {
  return identityOf(textOf(args.account), textOf(args.name) ?? key);
}
