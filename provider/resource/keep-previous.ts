import type { Core } from "../core/core.js";
import { previousValues } from "../credentials/previous.js";
import { blockOf, credentialFields } from "../model/storage.js";
import type { PropertyMap } from "../model/property-map.js";

/**
 * Puts the previous values of those credentials that change on the keyring, so that an update whose edit fails can go back.
 * Gives a warning for each that can't be had.
 */
export async function keepPrevious(
  core: Core,
  connector: { readonly key: string; readonly name: string; readonly given: PropertyMap },
  fingerprints: { readonly before: PropertyMap; readonly after: PropertyMap },
  isPreviousCurrent: boolean,
): Promise<readonly string[]> {
  const { key, name, given } = connector;
  const block = blockOf(given);
  if (block === undefined) return [];
  const { before, after } = fingerprints;
  const changed = credentialFields(block).filter((field) => before[field] !== after[field]);
  const about = { resolver: core.resolver, name, isPreviousCurrent };
  const { values, problems } = await previousValues(block, given[block] as PropertyMap, changed, about);
  for (const [field, value] of Object.entries(values)) core.keyring.putPrevious(key, field, value);
  return problems;
}
