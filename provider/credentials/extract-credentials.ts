import { credentialFields, storageBlocks } from "../model/storage.js";
import { isUnknown, unknownSentinel } from "../model/unknown.js";
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
 * Takes the credentials out of a connector's inputs. A credential that isn't given keeps the fingerprint that state has of it.
 * What is given stays untouched.
 */
export function extractCredentials(
  given: Readonly<Record<string, unknown>>,
  { salt, oldFingerprints }: { readonly salt: string; readonly oldFingerprints: Readonly<Record<string, unknown>> },
): ExtractedCredentials {
  const inputs: Record<string, unknown> = { ...given };
  const credentialFingerprints: Record<string, string> = {};
  const values: Record<string, string> = {};
  for (const block of storageBlocks) {
    const raw = given[block];
    if (isUnknown(raw)) {
      for (const field of credentialFields(block)) credentialFingerprints[field] = unknownSentinel;
    }
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) continue;
    const rest: Record<string, unknown> = { ...raw };
    for (const field of credentialFields(block)) {
      const value = rest[field];
      delete rest[field];
      const old = Object.hasOwn(oldFingerprints, field) ? oldFingerprints[field] : undefined;
      if (isUnknown(value)) credentialFingerprints[field] = unknownSentinel;
      else if (typeof value === "string" && value !== "") {
        credentialFingerprints[field] = fingerprint(salt, field, value);
        values[field] = value;
      } else if (typeof old === "string") credentialFingerprints[field] = old;
    }
    inputs[block] = rest;
  }
  return { inputs, credentialFingerprints, values };
}
