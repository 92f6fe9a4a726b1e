import { withoutControls } from "../errors/redact.js";

/** How deep what the service says may be nested, and how long one text of it may be, in characters. */
const deepest = 8;
const longest = 2_000;

/** What a server said, fit for state and terminals: nothing that a terminal obeys, nothing without an end. `undefined` for what is too deep. */
export function fitForOutputs(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return withoutControls(value).slice(0, longest);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.map((each: unknown) => fitForOutputs(each, depth + 1) ?? null);
  return fittingInto(
    undefined,
    Object.entries(value).map(([key, each]) => [key, fitForOutputs(each, depth + 1)]),
  );
}

/** As many of the entries, in order, as take up no more than `most` characters of JSON together; all of them unless told. */
export function fittingInto(
  most: number | undefined,
  entries: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  const kept = new Map<string, unknown>();
  let size = 0;
  for (const [key, value] of entries) {
    // What would become an object's prototype is nobody's detail.
    if (value === undefined || key === "__proto__") continue;
    const name = withoutControls(key).slice(0, longest);
    if (most !== undefined) size += name.length + JSON.stringify(value).length;
    if (size > (most ?? 0)) break;
    kept.set(name, value);
  }
  return Object.fromEntries(kept);
}
