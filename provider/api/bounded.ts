import { redact, redactWords, withoutControls } from "../errors/redact.js";
import { isCredentialName, labelOf } from "../model/credential-name.js";

/** How deep what the service says may be nested, and how long one text of it may be, in characters. */
const deepest = 8;
const longest = 2_000;

/**
 * What a server said, fit for programs and terminals, at every depth: nothing that is named like a credential or holds one that
 * this process knows, nothing that a terminal obeys, nothing without an end. `undefined`: nothing of it is fit.
 */
export function fitForOutputs(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return fitText(value);
  if (typeof value !== "object" || value === null) return isSecret(String(value)) ? undefined : value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.map((each: unknown) => fitForOutputs(each, depth + 1) ?? null);
  const entries = Object.entries(value);
  if (isCredentialName(labelOf(entries) ?? "")) return undefined;
  return fittingInto(
    undefined,
    entries.map(([key, each]) => [key, fitForOutputs(each, depth + 1)]),
  );
}

/** As many of the entries, in order, as take up no more than `most` characters of JSON together. Default: all. */
export function fittingInto(
  most: number | undefined,
  entries: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  const kept = new Map<string, unknown>();
  let size = 0;
  for (const [key, value] of entries) {
    const name = fitText(key);
    // What would become an object's prototype is nobody's detail.
    if (value === undefined || name === undefined || name === "__proto__" || isCredentialName(name)) continue;
    if (most !== undefined) size += name.length + JSON.stringify(value).length;
    if (size > (most ?? 0)) break;
    kept.set(name, value);
  }
  return Object.fromEntries(kept);
}

/** A declared field's value: compared with what is declared, so it goes only if it holds a credential as it is. */
export function fitField(value: string): string | undefined {
  const text = withoutControls(value.slice(0, 4 * longest));
  return redact(text) === text ? text.slice(0, longest) : undefined;
}

/** Looked at beyond the cut, so that no half of a secret stays. */
function fitText(value: string): string | undefined {
  const text = withoutControls(value.slice(0, 4 * longest)).slice(0, 2 * longest);
  return isSecret(text) ? undefined : text.slice(0, longest);
}

function isSecret(text: string): boolean {
  return redactWords(text) !== text;
}
