import { badReference, notAReference } from "../errors/messages/credentials.js";
import { isReference, parseReference } from "../model/reference.js";
import { bundleField, credentialFields, storageBlocks, type StorageBlock } from "../model/storage.js";
import { isUnknown } from "../model/unknown.js";
import type { PropertyMap } from "../model/property-map.js";

export interface OmittedReferences {
  /** The inputs without what is referred to. */
  readonly inputs: Record<string, unknown>;
  /** Paths of the credentials that were left out. */
  readonly paths: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Takes references out of the inputs, for a run that must not look at credentials: what state knows of them stays, and counts as
 * unchanged. Asks nobody. The engine's mark for "not known" is no use for the rest: in an `up` it is an error (observed).
 */
export function omitReferences(given: PropertyMap): OmittedReferences {
  const inputs: Record<string, unknown> = { ...given };
  const blocks = storageBlocks.flatMap((block) => {
    const raw = given[block];
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return [];
    const aside = omittedIn(block, raw as PropertyMap);
    inputs[block] = Object.fromEntries(Object.entries(raw).filter(([field]) => !aside.fields.includes(field)));
    return [
      { ...aside, paths: aside.fields.filter((field) => field !== bundleField).map((field) => `${block}.${field}`) },
    ];
  });
  return {
    inputs,
    paths: blocks.flatMap(({ paths }) => paths),
    problems: blocks.flatMap(({ problems }) => problems),
  };
}

function omittedIn(block: StorageBlock, raw: PropertyMap): { fields: string[]; problems: string[] } {
  const bundle = raw[bundleField] ?? undefined;
  const fields = credentialFields(block).filter(
    (field) => isReference(raw[field]) || (bundle !== undefined && (raw[field] ?? undefined) === undefined),
  );
  const problems = [...fields, bundleField].flatMap((field) => {
    const text = raw[field];
    if (isReference(text)) return parseReference(text) ? [] : [badReference(`${block}.${field}`)];
    return field === bundleField && bundle !== undefined && !isUnknown(bundle)
      ? [notAReference(`${block}.${field}`)]
      : [];
  });
  return { fields: [...fields, bundleField], problems };
}
