import type { Sighting, StoragePayload } from "../model/sighting.js";
import { plainFields, storageKindOf, storageKinds } from "../model/storage.js";

/** Whether nothing that the service echoes contradicts the payload; what it doesn't echo says nothing. */
export function echoAgrees(seen: Sighting, payload: StoragePayload | undefined): boolean {
  if (seen.storageType !== undefined && storageKindOf(seen.storageType) !== undefined) {
    if (storageKindOf(seen.storageType) !== payload?.block) return false;
  }
  if (!payload) return true;
  return plainFields(payload.block).every((field) => {
    const echoed = seen.storage[field];
    return echoed === undefined || echoed === (payload.fields[field] ?? echoed);
  });
}

/** Whether the service's echo positively names the same storage: same kind and same place. Needed to take over a connector unasked. */
export function echoIdentifies(seen: Sighting, payload: StoragePayload | undefined): boolean {
  if (!payload) return seen.storageType === undefined && Object.keys(seen.storage).length === 0;
  const { place } = storageKinds[payload.block];
  return (
    seen.storageType !== undefined &&
    storageKindOf(seen.storageType) === payload.block &&
    seen.storage[place] === payload.fields[place]
  );
}
