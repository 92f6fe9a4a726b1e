import { isObject } from "../../provider/model/json.js";
import { textOf, type PropertyMap } from "../../provider/model/property-map.js";
import { statusKind } from "../../provider/model/status.js";
import { plainFields, storageBlocks, type StorageBlock } from "../../provider/model/storage.js";

/** The key that marks a secret in Pulumi's exported state, and in the engine's events, there with a blank in place of the value (observed). */
const secretMark = "4dabf18193072939515e22adb298388d";
/** What a secret looks like here. */
const mask = "[secret]";
/** A secret that differs from the one it is compared with. */
const otherMask = "[secret, changed]";

export function isSecret(value: unknown): boolean {
  return value === mask || (isObject(value) && secretMark in value);
}

/**
 * Two versions of a connector's properties as the engine's events hold them, fit to be compared: what is masked in both looks the
 * same, whether it is or not.
 *
 * @param changed paths that differ, as the provider compared them, which sees the values; `undefined`: nobody has, and what can't be
 *   compared counts as changed
 */
export function comparable(
  olds: PropertyMap,
  news: PropertyMap,
  changed: readonly string[] | undefined,
): readonly [PropertyMap, PropertyMap] {
  const [before, after] = pairOf(olds, news, changed, "");
  return powerOf(before, after);
}

/** A masked `desiredStatus` has one other value than the one that is in place. */
function powerOf(before: PropertyMap, after: PropertyMap): readonly [PropertyMap, PropertyMap] {
  const masks = [mask, otherMask];
  const [old, now, status] = [before["desiredStatus"], after["desiredStatus"], before["status"]].map(textOf);
  const isMasked = (text: string | undefined) => text !== undefined && masks.includes(text);
  if (status === undefined || !(isMasked(old) || isMasked(now))) return [before, after];
  const stopped = isMasked(old) ? statusKind(status) === "stopped" : old === "STOPPED";
  const isStopped = isMasked(now) ? stopped === (old === now) : now === "STOPPED";
  const word = (isIt: boolean) => (isIt ? "STOPPED" : "RUNNING");
  return [
    { ...before, desiredStatus: word(stopped) },
    { ...after, desiredStatus: word(isStopped) },
  ];
}

function pairOf(
  olds: PropertyMap,
  news: PropertyMap,
  changed: readonly string[] | undefined,
  prefix: string,
): readonly [PropertyMap, PropertyMap] {
  const before: Record<string, unknown> = { ...olds };
  const after: Record<string, unknown> = { ...news };
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    const path = prefix + key;
    const [old, now] = [olds[key], news[key]].map((value) => (isSecret(value) ? shownAs(key, prefix) : value));
    if (isObject(old) && isObject(now)) [before[key], after[key]] = pairOf(old, now, changed, `${path}.`);
    else if (old !== mask && now !== mask) [before[key], after[key]] = [old, now];
    else if (changed && !changed.includes(path)) [before[key], after[key]] = [old, old];
    else [before[key], after[key]] = [old, old === now ? otherMask : now];
  }
  return [before, after];
}

/** A block is shown as all of its fields: which of them were given can't be seen. */
function shownAs(key: string, prefix: string): unknown {
  if (prefix !== "" || !storageBlocks.some((block) => block === key)) return mask;
  return Object.fromEntries(plainFields(key as StorageBlock).map((field) => [field, mask]));
}
