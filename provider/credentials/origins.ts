import type { PropertyMap } from "../model/property-map.js";
import { isReference, parseReference } from "../model/reference.js";
import { isUnknown } from "../model/unknown.js";
import { declaredCredentials, pathsOf } from "./declared.js";

/** Where a connector's credentials come from, by path, e.g. `amazonS3.secretAccessKeyRead`. */
export interface Origins {
  /** Given as values. */
  readonly literals: readonly string[];
  /** With no value to roll back to: given as values, or by a reference without `previous`. */
  readonly withoutPrevious: readonly string[];
}

/** The origins of the inputs as they are declared, before any reference is followed. */
export function originsOf(given: PropertyMap): Origins {
  const credentials = declaredCredentials(given).filter(({ value }) => value !== undefined);
  return {
    literals: credentials.filter(({ value }) => !isReference(value) && !isUnknown(value)).flatMap(pathsOf),
    withoutPrevious: credentials
      .filter(({ value }) => !isReference(value) || parseReference(value)?.previous === undefined)
      .flatMap(pathsOf),
  };
}
