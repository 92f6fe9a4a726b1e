import type { PropertyMap } from "../model/property-map.js";
import { credentialFields, storageBlocks } from "../model/storage.js";
import { isUnknown, unknownSentinel } from "../model/unknown.js";
import { declaredCredentials, pathsOf, withCredentials } from "./declared.js";
import { fingerprint } from "./fingerprint.js";

export interface ExtractedCredentials {
  /** The inputs without any credential's value. */
  readonly inputs: Record<string, unknown>;
  /** Field → fingerprint, or the engine's mark for "not known yet". */
  readonly credentialFingerprints: Record<string, string>;
  /** Field → value. */
  readonly values: Record<string, string>;
}

/**
 * Takes the credentials out of a connector's inputs, once references are followed. A credential that isn't given keeps the
 * fingerprint that state has of it. `given` itself is not changed.
 */
export function extractCredentials(
  given: PropertyMap,
  { salt, oldFingerprints }: { readonly salt: string; readonly oldFingerprints: PropertyMap },
): ExtractedCredentials {
  const unknown = storageBlocks.filter((block) => isUnknown(given[block])).flatMap(credentialFields);
  const credentialFingerprints = Object.fromEntries(unknown.map((field) => [field, unknownSentinel]));
  const values: Record<string, string> = {};
  const credentials = declaredCredentials(given);
  for (const { fields, value } of credentials) {
    for (const field of fields) {
      const old = Object.hasOwn(oldFingerprints, field) ? oldFingerprints[field] : undefined;
      if (isUnknown(value)) credentialFingerprints[field] = unknownSentinel;
      else if (typeof value === "string" && value !== "") {
        credentialFingerprints[field] = fingerprint(salt, field, value);
        values[field] = value;
      } else if (typeof old === "string") credentialFingerprints[field] = old;
    }
  }
  const inputs = withCredentials(given, new Map(credentials.flatMap(pathsOf).map((path) => [path, undefined])));
  return { inputs, credentialFingerprints, values };
}
