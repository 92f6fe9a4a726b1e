import { isObject } from "../model/json.js";
import { fingerprintsOf } from "../model/fingerprints.js";
import type { PropertyMap } from "../model/property-map.js";
import { knownTextOf } from "../model/unknown.js";

export interface HandedBack {
  /** What the program says. */
  readonly given: PropertyMap;
  /** The fingerprints that are to stay, by field. */
  readonly fingerprints: PropertyMap;
  /** What check gave as the salt, as far as it is handed back. */
  readonly salt: string | undefined;
}

/**
 * Takes out of a program's inputs what an earlier check added to them: with `ignoreChanges` the engine hands back what state
 * holds at a path (observed). Fingerprints that are not of state stay, and are an unknown property.
 */
export function handedBack(olds: PropertyMap, news: PropertyMap): HandedBack {
  const { salt, credentialFingerprints: marks, ...given } = news;
  const known = knownTextOf(salt);
  const before = fingerprintsOf(olds);
  // A connector that is to be created anew has a new salt, which makes the old fingerprints meaningless.
  const isNew = olds["salt"] === undefined;
  if (!isObject(marks) || !Object.entries(marks).every(([field, mark]) => isNew || mark === before[field]))
    return {
      given: marks === undefined ? given : { ...given, credentialFingerprints: marks },
      fingerprints: {},
      salt: known,
    };
  return { given, fingerprints: isNew && known === undefined ? {} : marks, salt: known };
}

/**
 * The fingerprints to keep in state, and the values that they are of: a changed value whose fingerprint the engine handed back
 * is one that the program ignores, and must not be sent.
 */
export function withoutIgnored<
  T extends { credentialFingerprints: Record<string, string>; values: Record<string, string> },
>(extracted: T, handed: PropertyMap): T {
  const ignored = Object.entries(extracted.credentialFingerprints).flatMap(([field, mark]) => {
    const kept = knownTextOf(handed[field]);
    return kept === undefined || kept === mark ? [] : [[field, kept] as const];
  });
  const isIgnored = new Set(ignored.map(([field]) => field));
  return {
    ...extracted,
    credentialFingerprints: { ...extracted.credentialFingerprints, ...Object.fromEntries(ignored) },
    values: Object.fromEntries(Object.entries(extracted.values).filter(([field]) => !isIgnored.has(field))),
  };
}
