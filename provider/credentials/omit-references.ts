import { badReference, notAReference } from "../errors/messages/credentials.js";
import type { PropertyMap } from "../model/property-map.js";
import { isReference, parseReference } from "../model/reference.js";
import { anySource } from "../model/sources.js";
import { isUnknown } from "../model/unknown.js";
import { declaredCredentials, pathsOf, withCredentials } from "./declared.js";

export interface OmittedReferences {
  /** The inputs without the credentials that references stand for. */
  readonly inputs: Record<string, unknown>;
  /** Paths of the credentials that were left out. */
  readonly paths: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Takes references out of the inputs, for a run that must not look at credentials: what state knows of them stays, and counts as
 * unchanged. Asks nobody. The engine's mark for "not known" can't be used here: in an `up` it is an error (observed).
 */
export function omitReferences(given: PropertyMap): OmittedReferences {
  const omitted = declaredCredentials(given).filter(({ isBundle, value }) => isBundle || isReference(value));
  const paths = omitted.flatMap(pathsOf);
  return {
    inputs: withCredentials(given, new Map(paths.map((path) => [path, undefined]))),
    paths,
    problems: omitted.flatMap(({ path, value }) => {
      if (isReference(value)) return parseReference(value) ? [] : [badReference(path, anySource())];
      return isUnknown(value) ? [] : [notAReference(path, anySource())];
    }),
  };
}
