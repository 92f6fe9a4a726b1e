import { isReference, parseReference } from "../model/reference.js";
import { bundleField, credentialFields, storageBlocks } from "../model/storage.js";
import { isUnknown } from "../model/unknown.js";

/** Where a connector's credentials come from, by path, e.g. `amazonS3.secretAccessKeyRead`. */
export interface Origins {
  /** Given as values. */
  readonly literals: readonly string[];
  /** With no value to go back to: given as values, or by a reference without `previous`. */
  readonly withoutPrevious: readonly string[];
}

/** Says it of the inputs as they were declared, before any reference is followed. */
export function originsOf(given: Readonly<Record<string, unknown>>): Origins {
  const literals: string[] = [];
  const withoutPrevious: string[] = [];
  for (const block of storageBlocks) {
    const raw = given[block];
    if (typeof raw !== "object" || raw === null) continue;
    const fields = raw as Readonly<Record<string, unknown>>;
    for (const field of credentialFields(block)) {
      const value = fields[field] ?? fields[bundleField] ?? undefined;
      if (value === undefined) continue;
      const path = `${block}.${field}`;
      if (!isReference(value) && !isUnknown(value)) literals.push(path);
      if (!isReference(value) || parseReference(value)?.previous === undefined) withoutPrevious.push(path);
    }
  }
  return { literals, withoutPrevious };
}
