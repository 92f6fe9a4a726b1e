import type { Settings } from "../core/settings.js";
import { fingerprint } from "../credentials/fingerprint.js";
import type { Keyring } from "../credentials/keyring.js";
import { noPrevious, unprovenBefore } from "../errors/messages/rollback.js";
import type { NoRollback, Rollback } from "../lifecycle/rollback.js";
import { changesBetween } from "../model/changes.js";
import { fingerprintsOf } from "../model/fingerprints.js";
import { credentialFields } from "../model/storage.js";
import { desiredOf, plainPayloadOf } from "./goals.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import { inputsOf } from "./state.js";

/** The way back from one update, and what state is to say once it was gone. */
export interface RollbackPlan {
  readonly way: Rollback | NoRollback;
  /** `undefined`: state doesn't know either what the service had. */
  readonly inputs?: PropertyMap;
}

/**
 * What an update goes back to: the plain fields that state has, credentials that don't change, and the previous values of those
 * that do, as check put them on the keyring. `undefined`: nobody asked for a way back.
 */
export function rollbackPlan(
  keyring: Keyring,
  settings: Settings,
  connector: string,
  olds: PropertyMap,
  news: PropertyMap,
): RollbackPlan | undefined {
  if (settings.onFailedEdit !== "rollback") return undefined;
  const inputs = inputsOf(olds);
  if (olds["unproven"] !== undefined) return { way: { blocked: unprovenBefore } };
  const changed = changesBetween(olds, news)
    .filter((change) => change.push)
    .map((change) => change.path);
  const goal = { verb: "update", desired: desiredOf(olds), push: true, awaitRestart: false } as const;
  const plain = plainPayloadOf(olds);
  if (!plain) return { way: { goal: { ...goal, payload: undefined }, changed, notLastSent: [] }, inputs };
  const { block } = plain;
  const sent = fingerprintsOf(olds);
  const found = credentialFields(block).map((field) => {
    const mark = textOf(sent[field]);
    const value = (mark && keyring.get(connector, field, mark)) ?? keyring.getPrevious(connector, field);
    return { field, mark, value, newMark: value && fingerprint(String(olds["salt"]), field, value) };
  });
  const pathsOf = (fields: typeof found) => fields.map(({ field }) => `${block}.${field}`);
  const missing = found.filter(({ value }) => value === undefined);
  if (missing.length > 0) return { way: { blocked: noPrevious(pathsOf(missing)) }, inputs };
  const credentials = Object.fromEntries(found.map(({ field, value }) => [field, String(value)]));
  const payload = { block, fields: { ...plain.fields, ...credentials } };
  const notLastSent = pathsOf(found.filter(({ mark, newMark }) => mark !== undefined && mark !== newMark));
  return {
    way: { goal: { ...goal, payload }, changed, notLastSent },
    inputs: {
      ...inputs,
      credentialFingerprints: Object.fromEntries(found.map(({ field, newMark }) => [field, newMark])),
    },
  };
}
