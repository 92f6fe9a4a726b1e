import { unresolved } from "../errors/messages/credentials.js";
import type { PropertyMap } from "../model/property-map.js";
import { forConnector, isReference, parseReference, type Reference } from "../model/reference.js";
import { bundleIn, declaredCredentials } from "./declared.js";
import type { Keyring } from "./keyring.js";
import type { Resolver } from "./resolver.js";

/**
 * Puts the previous values of the credentials that change on the keyring, so that an update whose edit fails can roll back.
 * Follows `previous` of their references, all at the same time. Returns a warning for each value that can't be read.
 */
export async function keepPrevious(
  given: PropertyMap,
  isChanged: (field: string) => boolean,
  connector: { readonly identity: string; readonly name: string },
  about: { readonly keyring: Keyring; readonly resolver: Resolver; readonly isPreviousCurrent: boolean },
): Promise<readonly string[]> {
  const warnings = new Set<string>();
  await Promise.all(
    declaredCredentials(given).map(async ({ path, fields, isBundle, value }) => {
      const changed = fields.filter(isChanged);
      const reference = isReference(value) ? parseReference(value) : undefined;
      const previous = previousOf(reference, about.isPreviousCurrent);
      if (!previous || changed.length === 0) return;
      const resolved = await about.resolver.resolve(forConnector(previous, connector.name));
      const warn = (clause: string) => warnings.add(unresolved(`${path}, previous value`, clause));
      if ("problem" in resolved) return void warn(resolved.problem);
      for (const field of changed) {
        const text = isBundle ? bundleIn(resolved.value)?.[field] : resolved.value;
        if (typeof text === "string" && text !== "") about.keyring.putPrevious(connector.identity, field, text);
        else warn(`does not lead to a string ${field}`);
      }
    }),
  );
  return [...warnings];
}

/** With `isPreviousCurrent` the run itself rolls back, and the value before that counts. */
function previousOf(reference: Reference | undefined, isPreviousCurrent: boolean): Reference | undefined {
  return isPreviousCurrent ? (reference?.previous ?? reference)?.previous : reference?.previous;
}
