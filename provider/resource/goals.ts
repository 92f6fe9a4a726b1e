import type { Settings } from "../core/settings.js";
import type { Keyring } from "../credentials/keyring.js";
import { incompleteConfiguration } from "../errors/messages/credentials.js";
import type { Verb } from "../errors/messages/lifecycle.js";
import type { DesiredStatus, DeclaredGoal, OnDelete, OnExisting } from "../lifecycle/situation.js";
import { fingerprintsOf } from "../model/fingerprints.js";
import { changesBetween } from "../model/changes.js";
import type { StoragePayload } from "../model/observed-connector.js";
import { statusKind } from "../model/status.js";
import { blockOf, credentialFields, plainFields } from "../model/storage.js";
import { parseDuration } from "../time/duration.js";
import { isObject } from "../model/json.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import type { Unproven } from "./state.js";
import type { Operation } from "../lifecycle/operation.js";

/** Defaults of the time limits, in milliseconds. */
const defaults = {
  create: 15 * 60_000,
  update: 15 * 60_000,
  delete: 10 * 60_000,
  settle: 10_000,
  stuckAfter: 5 * 60_000,
};

export function limitsOf(bag: PropertyMap, verb: "create" | "update" | "delete"): Operation["limits"] {
  const timeouts = isObject(bag["timeouts"]) ? bag["timeouts"] : {};
  return {
    budgetMs: durationOf(timeouts[verb], defaults[verb]),
    settleMs: durationOf(bag["settle"], defaults.settle),
    stuckMs: durationOf(bag["stuckAfter"], defaults.stuckAfter),
  };
}

function durationOf(value: unknown, fallback: number): number {
  return (typeof value === "string" ? parseDuration(value) : undefined) ?? fallback;
}

export function desiredOf(bag: PropertyMap): DesiredStatus {
  return bag["desiredStatus"] === "STOPPED" ? "STOPPED" : "RUNNING";
}

export function onDeleteOf(bag: PropertyMap): OnDelete {
  return (textOf(bag["onDelete"]) ?? "stop") as OnDelete;
}

/** Whether create takes over what is there as it is. */
export function assumes(inputs: PropertyMap): boolean {
  return inputs["adoptCredentials"] === "assume";
}

/** What is declared of the storage, less the credentials. */
export function plainPayloadOf(inputs: PropertyMap): StoragePayload | undefined {
  const block = blockOf(inputs);
  if (block === undefined) return undefined;
  const declared = inputs[block] as PropertyMap;
  const fields = plainFields(block).flatMap((field) => {
    const value = textOf(declared[field]);
    return value === undefined ? [] : [[field, value] as const];
  });
  return { block, fields: Object.fromEntries(fields) };
}

/**
 * The whole payload, with the credential values that check put on the keyring.
 *
 * @throws ConnectorError `REJECTED` when a value is not there: sending the rest would blank what the service holds.
 */
export function payloadOf(
  keyring: Keyring,
  settings: Settings,
  connector: string,
  inputs: PropertyMap,
  verb: Verb,
): StoragePayload | undefined {
  const plain = plainPayloadOf(inputs);
  if (!plain) return undefined;
  const { block } = plain;
  const fields: Record<string, string> = { ...plain.fields };
  const fingerprints = fingerprintsOf(inputs);
  const missing: string[] = [];
  for (const field of credentialFields(block)) {
    const value = keyring.get(connector, field, String(fingerprints[field]));
    if (value === undefined) missing.push(`${block}.${field}`);
    else fields[field] = value;
  }
  if (missing.length === 0) return { block, fields };
  throw incompleteConfiguration(verb, String(inputs["name"]), missing, settings.noCredentials);
}

/** What a create is to achieve; also the repetition of one of which nobody knows whether it made anything. */
export function createGoal(keyring: Keyring, settings: Settings, connector: string, inputs: PropertyMap): DeclaredGoal {
  const assume = assumes(inputs);
  return {
    verb: "create",
    desired: desiredOf(inputs),
    payload: assume ? plainPayloadOf(inputs) : payloadOf(keyring, settings, connector, inputs, "create"),
    onExisting: settings.onExisting ?? ((textOf(inputs["onExisting"]) ?? "adoptStopped") as OnExisting),
    ...(assume ? { assume } : {}),
  };
}

/** State holds it, and nothing shows that this stack made it: what has its name may be anybody's. */
export function isUnprovenCreate(outs: PropertyMap): boolean {
  return outs["unproven"] === ("create" satisfies Unproven);
}

/** What an update is to achieve; `undefined` when the service need not be asked at all. */
export function updateGoal(
  keyring: Keyring,
  settings: Settings,
  connector: string,
  olds: PropertyMap,
  news: PropertyMap,
): DeclaredGoal | undefined {
  if (isUnprovenCreate(olds)) return createGoal(keyring, settings, connector, news);
  const { push, awaitRestart } = pushOf(olds, news);
  if (!push && !awaitRestart && isAsDesired(olds, news)) return undefined;
  const payload = push ? payloadOf(keyring, settings, connector, news, "update") : undefined;
  return { verb: "update", desired: desiredOf(news), payload, push, awaitRestart };
}

/** Whether an update must send the configuration, and whether an earlier one is still to be proven. */
export function pushOf(olds: PropertyMap, news: PropertyMap) {
  const unproven = olds["unproven"] as Unproven | undefined;
  const changed = changesBetween(olds, news).some((change) => change.push);
  return { unproven, push: changed || unproven === "edit", awaitRestart: unproven === "restart" };
}

/** Whether the status that state remembers is the one that the program wants. */
export function isAsDesired(outs: PropertyMap, inputs: PropertyMap): boolean {
  const kind = statusKind(String(outs["status"]));
  return kind === (desiredOf(inputs) === "RUNNING" ? "running" : "stopped");
}
