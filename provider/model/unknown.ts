import { isObject } from "./json.js";
import { textOf, type PropertyMap } from "./property-map.js";

/** What the engine passes, for a value of any type, while it isn't known yet (observed). */
export const unknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknownSentinel;
}

export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}

/** A copy in which whatever isn't known is left out. */
export function withoutUnknown(properties: PropertyMap): PropertyMap {
  const known = Object.entries(properties).filter(([, value]) => !isUnknown(value));
  return Object.fromEntries(known.map(([key, value]) => [key, isObject(value) ? withoutUnknown(value) : value]));
}

/** The text in a property, where it is known. */
export function knownTextOf(value: unknown): string | undefined {
  return isUnknown(value) ? undefined : textOf(value);
}
