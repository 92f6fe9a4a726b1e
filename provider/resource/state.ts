import { withoutHeldCredentials } from "../credentials/held.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import { withoutRow, withRow } from "../model/fingerprints.js";
import { outputsSchema, reportedIn } from "../model/outputs.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import { blockOf, plainFields, storageKindOf } from "../model/storage.js";

/** What the last run could not prove, so that the next one takes it up: kept in outputs, because inputs are the old ones after a failure. */
export type Unproven = "create" | "edit" | "restart";

/** Keys of the outputs that are not inputs. */
const outputKeys: ReadonlySet<string> = new Set([...Object.keys(outputsSchema.shape), "unproven"]);
/** Outputs of earlier versions: read over, and not written again. */
const retiredKeys: ReadonlySet<string> = new Set(["details"]);

/**
 * Outputs: the inputs, and what the service said. The engine writes all of state at every step, so nothing lies in it that
 * follows from something else.
 */
export function outsOf(
  inputs: PropertyMap,
  about: {
    readonly seen: ObservedConnector | undefined;
    readonly endpoint: string;
    readonly unproven?: Unproven | undefined;
  },
): PropertyMap {
  const { endpoint, unproven } = about;
  const seen = about.seen && withoutHeldCredentials(about.seen, inputs);
  return {
    ...withRow(inputs),
    status: seen?.status ?? "UNKNOWN",
    ...reportedIn(seen),
    endpoint,
    unproven,
  };
}

/** The outputs of an update that asked nobody: other inputs, and what the service said before. */
export function outsWith(olds: PropertyMap, news: PropertyMap): PropertyMap {
  return { ...Object.fromEntries(Object.entries(olds).filter(([key]) => outputKeys.has(key))), ...withRow(news) };
}

/** The inputs that outputs were made from. */
export function inputsOf(outs: PropertyMap): PropertyMap {
  const isInput = (key: string) => !outputKeys.has(key) && !retiredKeys.has(key);
  return withoutRow(Object.fromEntries(Object.entries(outs).filter(([key]) => isInput(key))));
}

/**
 * The inputs of a connector as the service has them now, so that drift is named field by field.
 * What the service doesn't echo is taken to be as it was, unless it did echo it before; a credential that it masks or leaves out is never drift.
 */
export function driftedInputs(outs: PropertyMap, observed: ObservedConnector): PropertyMap {
  const inputs = inputsOf(outs);
  const seen = withoutHeldCredentials(observed, inputs);
  const status = seen.kind === "running" ? "RUNNING" : seen.kind === "stopped" ? "STOPPED" : undefined;
  return {
    ...inputs,
    ...storageDrift(inputs, seen, textOf(outs["storageType"]) !== undefined),
    ...(status === undefined ? {} : { desiredStatus: status }),
  };
}

/** @param toldBefore whether the service has told the kind of its storage, so that its silence now says that there is none */
function storageDrift(inputs: PropertyMap, seen: ObservedConnector, toldBefore: boolean): PropertyMap {
  const declared = blockOf(inputs);
  if (declared !== undefined && toldBefore && seen.storageType === undefined && Object.keys(seen.storage).length === 0)
    return { [declared]: undefined, credentialFingerprints: undefined };
  const actual = seen.storageType === undefined ? declared : storageKindOf(seen.storageType);
  if (actual === undefined) return {};
  const before = actual === declared ? (inputs[actual] as PropertyMap) : {};
  const echoed = Object.fromEntries(
    plainFields(actual).flatMap((field) => (seen.storage[field] === undefined ? [] : [[field, seen.storage[field]]])),
  );
  if (actual === declared) return { [actual]: { ...before, ...echoed } };
  // Another kind of storage than declared: none of the declared credentials is there any more.
  return { ...(declared ? { [declared]: undefined } : {}), [actual]: echoed, credentialFingerprints: undefined };
}
