import { quote } from "../../provider/errors/redact.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import {
  plainFields,
  storageBlocks,
  storageKindOf,
  storageKinds,
  type StorageBlock,
} from "../../provider/model/storage.js";
import { fillIn, noSuchKind, notAtRest } from "./messages.js";

/** How to declare an existing connector so that nothing happens to it. */
export interface Adoption {
  /** The resource's name. */
  readonly key: string;
  readonly name: string;
  /** The service's word now. */
  readonly status: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly storage?: {
    readonly block: StorageBlock;
    /** Without credentials. Empty strings must be filled in. */
    readonly fields: Readonly<Record<string, string>>;
  };
  /** Comments on it, a line each. */
  readonly remarks: readonly string[];
}

export interface Adoptions {
  readonly adoptions: readonly Adoption[];
  /** Connectors that can't be declared, a line each. */
  readonly leftOut: readonly string[];
}

/** How to declare each connector. Keys are the connectors' names, with a number where taken. */
export function adoptionsOf(seen: ReadonlyMap<string, ObservedConnector>, takenKeys: ReadonlySet<string>): Adoptions {
  const adoptions: Adoption[] = [];
  const leftOut: string[] = [];
  const keys = new Set([...takenKeys, ...seen.keys()]);
  for (const [name, observed] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { storageType } = observed;
    const block = blockOf(observed);
    if (block === undefined && storageType !== undefined) leftOut.push(noSuchKind(name, quote(storageType)));
    else adoptions.push(adoptionOf(takenKeys.has(name) ? freeKey(name, keys) : name, name, observed, block));
  }
  return { adoptions, leftOut };
}

function freeKey(name: string, keys: Set<string>): string {
  for (let count = 2; ; count++) {
    const key = `${name}-${count}`;
    if (keys.has(key)) continue;
    keys.add(key);
    return key;
  }
}

/** The kind that the service names, or that the returned fields belong to. */
export function blockOf({ storageType, storage }: ObservedConnector): StorageBlock | undefined {
  if (storageType !== undefined) return storageKindOf(storageType);
  return storageBlocks.find((block) => storage[storageKinds[block].place] !== undefined);
}

function adoptionOf(key: string, name: string, seen: ObservedConnector, block: StorageBlock | undefined): Adoption {
  const desiredStatus = /^STOP/i.test(seen.status) ? "STOPPED" : "RUNNING";
  const resting = seen.kind === "running" || seen.kind === "stopped";
  const remarks = resting ? [] : [notAtRest(quote(seen.status), desiredStatus)];
  const common = { key, name, status: seen.status, desiredStatus } as const;
  if (block === undefined) return { ...common, remarks };
  const unsaid = requiredFields(block).filter((field) => seen.storage[field] === undefined);
  const fields = Object.fromEntries(
    plainFields(block).flatMap((field) => {
      const value = seen.storage[field] ?? (unsaid.includes(field) ? "" : undefined);
      return value === undefined ? [] : [[field, value]];
    }),
  );
  return {
    ...common,
    storage: { block, fields },
    remarks: unsaid.length === 0 ? remarks : [...remarks, fillIn(unsaid.map((field) => `${block}.${field}`))],
  };
}

/** Whether the service has said all that is needed to declare the connector. */
export function saysStorage(seen: ObservedConnector): boolean {
  const block = blockOf(seen);
  return block !== undefined && requiredFields(block).every((field) => seen.storage[field] !== undefined);
}

function requiredFields(block: StorageBlock): string[] {
  const { shape } = storageKinds[block].schema;
  return plainFields(block).filter((field) => !shape[field as keyof typeof shape].safeParse(undefined).success);
}
