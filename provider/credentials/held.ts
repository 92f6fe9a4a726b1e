import { fingerprintsOf } from "../model/fingerprints.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import { reportedNames } from "../model/outputs.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import { fingerprint } from "./fingerprint.js";

/**
 * What the service said, without words that are a credential of this resource. A refresh knows no values; state's fingerprints
 * tell them all the same.
 */
export function withoutHeldCredentials(seen: ObservedConnector, properties: PropertyMap): ObservedConnector {
  const isFit = (text: string | undefined) => text === undefined || !holdsCredential(text, properties);
  const unfit = reportedNames.filter((name) => !isFit(seen[name]));
  return {
    ...(Object.fromEntries(Object.entries(seen).filter(([key]) => !unfit.some((name) => name === key))) as typeof seen),
    status: isFit(seen.status) ? seen.status : "UNKNOWN",
    storage: Object.fromEntries(Object.entries(seen.storage).filter(([, text]) => isFit(text))),
  };
}

/** Whether a text, or a word in it, has one of the fingerprints. */
function holdsCredential(text: string, properties: PropertyMap): boolean {
  const salt = textOf(properties["salt"]);
  const marks = Object.entries(fingerprintsOf(properties));
  if (salt === undefined || marks.length === 0) return false;
  const words = new Set([text, ...text.split(/[\s"'=:;,&?]+/)]);
  return [...words].some((word) => marks.some(([field, mark]) => mark === fingerprint(salt, field, word)));
}
