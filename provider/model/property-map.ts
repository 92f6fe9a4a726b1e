/** Properties by name, as the engine passes them and stores them. */
export type PropertyMap = Readonly<Record<string, unknown>>;

/** The text in a property; `undefined` for an empty one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
