import { isObject } from "./json.js";

/** Properties by name, as the engine passes them and stores them. */
export type PropertyMap = Readonly<Record<string, unknown>>;

/** The text in a property; `undefined` for an empty one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What stands at a path such as `amazonS3.region`; `undefined`: nothing. */
export function valueAt(properties: PropertyMap, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, part) => (isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined),
      properties,
    );
}
