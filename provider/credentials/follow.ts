import {
  badReference,
  bundleLacks,
  notABundle,
  notAReference,
  notAText,
  unresolved,
} from "../errors/messages/credentials.js";
import type { PropertyMap } from "../model/property-map.js";
import { forConnector, isFollowable, isReference, parseReference } from "../model/reference.js";
import { anySource } from "../model/sources.js";
import { isUnknown, unknownSentinel } from "../model/unknown.js";
import { bundleIn, declaredCredentials, withCredentials, type DeclaredCredential } from "./declared.js";
import type { Resolved, Resolver } from "./resolver.js";

export interface Followed {
  /** The inputs with values in place of references; where one could not be read, the engine's mark for "not known". */
  readonly inputs: Record<string, unknown>;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

interface Context {
  readonly resolver: Resolver;
  /** The connector's name, as far as it is known. */
  readonly name: unknown;
  /** Follow `previous` where a reference has it: the way back from a rotation. */
  readonly previous: boolean;
}

/** Replaces every reference in a connector's storage by what it stands for, all at the same time. */
export async function followReferences(given: PropertyMap, context: Context): Promise<Followed> {
  const problems: string[] = [];
  const warnings = new Set<string>();
  const values = new Map<string, unknown>();
  await Promise.all(
    declaredCredentials(given).map(async ({ block, path, fields, isBundle, value }) => {
      if (!isBundle && !isReference(value)) return;
      const answer = await answerTo({ path, value });
      const isKnown = !isUnknown(answer);
      const bundle = isBundle && isKnown ? bundleIn(answer) : undefined;
      if (isBundle && isKnown && !bundle) problems.push(notABundle(path));
      for (const field of fields) {
        const text = isBundle ? bundle?.[field] : answer;
        if (!isBundle && typeof text !== "string") problems.push(notAText(path));
        else if (bundle && typeof text !== "string") problems.push(bundleLacks(path, field));
        values.set(`${block}.${field}`, typeof text === "string" ? text : unknownSentinel);
      }
    }),
  );
  return { inputs: withCredentials(given, values), problems, warnings: [...warnings] };

  async function answerTo({ path, value }: Pick<DeclaredCredential, "path" | "value">): Promise<unknown> {
    if (isUnknown(value)) return value;
    if (!isReference(value)) problems.push(notAReference(path, anySource()));
    else if (isFollowable(value, context.name)) {
      const resolved = await resolve(value, context);
      if (resolved === undefined) problems.push(badReference(path, anySource()));
      else if ("problem" in resolved) problems.push(unresolved(path, resolved.problem));
      else {
        if (resolved.warning !== undefined) warnings.add(unresolved(path, resolved.warning));
        return resolved.value;
      }
    }
    return unknownSentinel;
  }
}

function resolve(text: string, { resolver, name, previous }: Context): Promise<Resolved> | undefined {
  const parsed = parseReference(text);
  if (!parsed) return undefined;
  const reference = forConnector(parsed, String(name));
  return resolver.resolve(previous && reference.previous ? reference.previous : reference);
}
