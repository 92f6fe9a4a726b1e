import { isObject, parseJson } from "../model/json.js";
import type { PropertyMap } from "../model/property-map.js";
import { bundleField, credentialFields, storageBlocks, type StorageBlock } from "../model/storage.js";

/** What gives credentials in a declared storage block: each field itself, and the block's bundle the fields that are left out. */
export interface DeclaredCredential {
  readonly block: StorageBlock;
  /** `amazonS3.secretAccessKeyRead`, or `amazonS3.credentials` for the bundle. */
  readonly path: string;
  /** The fields that it gives. */
  readonly fields: readonly string[];
  readonly isBundle: boolean;
  /** A value, a reference, or the engine's mark for "not known yet"; `undefined`: nothing is given. */
  readonly value: unknown;
}

export function declaredCredentials(inputs: PropertyMap): DeclaredCredential[] {
  return storageBlocks.flatMap((block) => {
    const raw = inputs[block];
    if (!isObject(raw)) return [];
    const bundle = raw[bundleField] ?? undefined;
    const isBundled = (field: string) => bundle !== undefined && (raw[field] ?? undefined) === undefined;
    const fields = credentialFields(block);
    return [
      ...fields
        .filter((field) => !isBundled(field))
        .map((field) => ({
          block,
          path: `${block}.${field}`,
          fields: [field],
          isBundle: false,
          value: raw[field] ?? undefined,
        })),
      ...(bundle === undefined
        ? []
        : [
            { block, path: `${block}.${bundleField}`, fields: fields.filter(isBundled), isBundle: true, value: bundle },
          ]),
    ];
  });
}

/** Paths of the fields, e.g. `amazonS3.secretAccessKeyRead`. */
export function pathsOf({ block, fields }: DeclaredCredential): string[] {
  return fields.map((field) => `${block}.${field}`);
}

/** The inputs with other values for credentials, by path; `undefined` leaves one out. Bundles are always left out. */
export function withCredentials(inputs: PropertyMap, values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const blocks = storageBlocks.flatMap((block) => {
    const raw = inputs[block];
    if (!isObject(raw)) return [];
    const others = Object.entries(raw).filter(([field]) => field !== bundleField && !values.has(`${block}.${field}`));
    const replaced = credentialFields(block).flatMap((field) => {
      const value = values.get(`${block}.${field}`);
      return value === undefined ? [] : [[field, value] as const];
    });
    return [[block, Object.fromEntries([...others, ...replaced])] as const];
  });
  return { ...inputs, ...Object.fromEntries(blocks) };
}

/** What a bundle's reference leads to: values by field, or `undefined` when it is not an object. */
export function bundleIn(answer: unknown): PropertyMap | undefined {
  const values = typeof answer === "string" ? parseJson(answer) : answer;
  return isObject(values) ? values : undefined;
}
