import { ConnectorError } from "../connector-error.js";
import { couldNot, type Verb } from "./lifecycle.js";

/** What check says of credential references: `path: what is wrong; what to do`. Sources are named, values never. `sources`: the functions that make a reference. */

export function badReference(path: string, sources: string): string {
  return `${path}: is not a valid reference; make it with ${sources}`;
}

export function unresolved(path: string, clause: string): string {
  return `${path}: ${clause}`;
}

export function notAText(path: string): string {
  return `${path}: the reference does not lead to a string; set its key to select one`;
}

export function notAReference(path: string, sources: string): string {
  return `${path}: must be a reference to all credentials of the block; make it with ${sources}`;
}

export function notABundle(path: string): string {
  return `${path}: the reference does not lead to a JSON object; set its key to select the object that holds the credentials by name`;
}

export function bundleLacks(path: string, field: string): string {
  return `${path}: the object has no string ${field}; add it there, or give ${field} beside credentials`;
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
      headline: couldNot(verb, name, observed + (notLookedAt ? "read (DATASPACE_NO_CREDENTIALS)" : "given")),
      next: notLookedAt
        ? "Run the same command without DATASPACE_NO_CREDENTIALS, where the credentials are available."
        : "Supply every credential of the block (remove them from ignoreChanges), then run pulumi up again.",
    },
    name,
  );
}
