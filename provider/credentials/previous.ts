import { parseJson, isObject } from "../model/json.js";
import { forConnector, isReference, parseReference, type Reference } from "../model/reference.js";
import { bundleField, type StorageBlock } from "../model/storage.js";
import { unresolved } from "../errors/messages/credentials.js";
import type { Resolver } from "./resolver.js";

export interface PreviousValues {
  /** Field → the value before the last rotation, as far as it could be had. */
  readonly values: Readonly<Record<string, string>>;
  /** `path: what is wrong`, of those whose reference names a previous value that can't be had. */
  readonly problems: readonly string[];
}

/** Follows `previous` of these fields' references, at the same time for all of them. A field without one is left out. */
export async function previousValues(
  block: StorageBlock,
  raw: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  about: { readonly resolver: Resolver; readonly name: string; readonly isPreviousCurrent: boolean },
): Promise<PreviousValues> {
  const values: Record<string, string> = {};
  const problems = new Set<string>();
  await Promise.all(
    fields.map(async (field) => {
      const own = raw[field] ?? undefined;
      const text = own ?? raw[bundleField];
      const reference = isReference(text) ? parseReference(text) : undefined;
      const previous = previousOf(reference, about.isPreviousCurrent);
      if (!previous) return;
      const resolved = await about.resolver.resolve(forConnector(previous, about.name));
      const path = `${block}.${own === undefined ? bundleField : field}`;
      if ("problem" in resolved) return void problems.add(unresolved(`${path}, previous value`, resolved.problem));
      const value = own === undefined ? fieldIn(resolved.value, field) : resolved.value;
      if (typeof value === "string" && value !== "") values[field] = value;
      else problems.add(unresolved(`${path}, previous value`, `leads to no text ${field}`));
    }),
  );
  return { values, problems: [...problems] };
}

/** With `isPreviousCurrent` the run itself is on its way back, and what is before that counts. */
function previousOf(reference: Reference | undefined, isPreviousCurrent: boolean): Reference | undefined {
  return isPreviousCurrent ? (reference?.previous ?? reference)?.previous : reference?.previous;
}

function fieldIn(answer: unknown, field: string): unknown {
  const values = typeof answer === "string" ? parseJson(answer) : answer;
  return isObject(values) && Object.hasOwn(values, field) ? values[field] : undefined;
}
