import { ConnectorError } from "../connector-error.js";
import { couldNot, type Verb } from "./lifecycle.js";

/** What check says of credential references: `path: what is wrong; what to do`. Sources are named, values never. */

export function badReference(path: string): string {
  return `${path}: is not a valid reference; make it with fromEnv, fromFile or fromCommand`;
}

export function unresolved(path: string, clause: string): string {
  return `${path}: ${clause}`;
}

export function notAText(path: string): string {
  return `${path}: the reference leads to something that is no text; let its key select one`;
}

export function notAReference(path: string): string {
  return `${path}: must be a reference to all credentials of the block; make it with fromEnv, fromFile or fromCommand`;
}

export function notABundle(path: string): string {
  return `${path}: the reference leads to no JSON object; let its key select the one that holds the credentials under their names`;
}

export function bundleLacks(path: string, field: string): string {
  return `${path}: the object has no text ${field}; add it there, or give ${field} beside credentials`;
}

/** A configuration that can't be sent as a whole: what is left out would be blanked. */
export function incompleteConfiguration(
  verb: Verb,
  name: string,
  missing: readonly string[],
  notLookedAt: boolean,
): ConnectorError {
  const were = missing.length === 1 ? "was" : "were";
  const observed = `the whole configuration must be sent, and ${missing.join(", ")} ${were} not `;
  return new ConnectorError(
    "REJECTED",
    {
      headline: couldNot(verb, name, observed + (notLookedAt ? "looked at (DATASPACE_NO_CREDENTIALS)" : "given")),
      next: notLookedAt
        ? "Run the same command without DATASPACE_NO_CREDENTIALS, where the credentials are at hand."
        : "Supply every credential of the block (take them out of ignoreChanges), then run pulumi up again.",
    },
    name,
  );
}
