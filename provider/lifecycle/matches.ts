import type { ObservedConnector, StoragePayload } from "../model/observed-connector.js";
import { plainFields, storageKindOf, storageKinds } from "../model/storage.js";

/** Whether nothing that the service echoes contradicts the payload; what it doesn't echo says nothing. */
export function echoAgrees(seen: ObservedConnector, payload: StoragePayload | undefined): boolean {
  return contradictions(seen, payload).length === 0;
}

/** What the service echoes otherwise than the payload has it: `amazonS3.region`, or a whole block. */
export function contradictions(seen: ObservedConnector, payload: StoragePayload | undefined): string[] {
  const kind = seen.storageType === undefined ? undefined : storageKindOf(seen.storageType);
  if (kind !== undefined && kind !== payload?.block) return [payload?.block ?? kind];
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
  if (found.length > 0 || payload || echoIdentifies(seen, payload)) return found;
  return ["storageType"];
}

/** Whether the service's echo positively names the same storage: same kind and same place. Needed to take over a connector unasked. */
export function echoIdentifies(seen: ObservedConnector, payload: StoragePayload | undefined): boolean {
  if (!payload) return seen.storageType === undefined && Object.keys(seen.storage).length === 0;
  const { place } = storageKinds[payload.block];
  return (
    seen.storageType !== undefined &&
    storageKindOf(seen.storageType) === payload.block &&
    seen.storage[place] === payload.fields[place]
  );
}
