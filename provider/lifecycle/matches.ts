import type { ObservedConnector, StoragePayload } from "../model/observed-connector.js";
import { isNoStorage, plainFields, storageKindOf } from "../model/storage.js";

/** Whether nothing that the service echoes contradicts the payload; what it doesn't echo says nothing. */
export function echoAgrees(seen: ObservedConnector, payload: StoragePayload | undefined): boolean {
  return contradictions(seen, payload).length === 0;
}

/** What the service echoes otherwise than the payload has it: `amazonS3.region`, or a whole block. */
export function contradictions(seen: ObservedConnector, payload: StoragePayload | undefined): string[] {
  const kind = kindIn(seen);
  if (kind !== undefined && kind !== (payload?.block ?? "none")) return [payload?.block ?? kind];
  if (!payload) return [];
  return plainFields(payload.block)
    .filter((field) => {
      const echoed = seen.storage[field];
      return echoed !== undefined && echoed !== (payload.fields[field] ?? echoed);
    })
    .map((field) => `${payload.block}.${field}`);
}

/** What keeps a connector from being taken over as it is. Where none is declared, it must not show any storage at all. */
export function differencesFrom(seen: ObservedConnector, payload: StoragePayload | undefined): string[] {
  const found = contradictions(seen, payload);
  if (found.length > 0 || payload || showsNoStorage(seen)) return found;
  return ["storageType"];
}

/** As {@link contradictions}, and what the service names but the payload doesn't: two storages, told apart. */
export function differing(seen: ObservedConnector, payload: StoragePayload | undefined): string[] {
  const undeclared = Object.keys(seen.storage).filter((field) => payload?.fields[field] === undefined);
  return [...contradictions(seen, payload), ...undeclared.map((field) => `${payload?.block ?? "storage"}.${field}`)];
}

/**
 * Whether the service positively says that this is the same storage: its type, and every plain field that either side names.
 * An echo that says nothing isn't the same. No storage is the same only as the word for it: services that never echo a storage
 * look just like connectors without one. Needed to take over a connector unasked.
 */
export function isSameStorage(seen: ObservedConnector, payload: StoragePayload | undefined): boolean {
  if (!payload) return kindIn(seen) === "none" && showsNoStorage(seen);
  if (kindIn(seen) !== payload.block) return false;
  const declared = plainFields(payload.block).filter((field) => payload.fields[field] !== undefined);
  return [...declared, ...Object.keys(seen.storage)].every((field) => seen.storage[field] === payload.fields[field]);
}

/** Whether the service's echo holds no storage, be it that there is none or that it doesn't tell. */
export function showsNoStorage(seen: ObservedConnector): boolean {
  return (seen.storageType === undefined || isNoStorage(seen.storageType)) && Object.keys(seen.storage).length === 0;
}

/** `undefined`: the service doesn't say, or says a word that nobody knows. */
function kindIn({ storageType }: ObservedConnector) {
  if (storageType === undefined) return undefined;
  return isNoStorage(storageType) ? "none" : storageKindOf(storageType);
}
