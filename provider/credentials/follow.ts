import {
  badReference,
  bundleLacks,
  notABundle,
  notAReference,
  notAText,
  unresolved,
} from "../errors/messages/credentials.js";
import { parseJson } from "../model/json.js";
import { forConnector, isFollowable, isReference, parseReference } from "../model/reference.js";
import { bundleField, credentialFields, storageBlocks, type StorageBlock } from "../model/storage.js";
import { unknownSentinel } from "../model/unknown.js";
import type { Resolved, Resolver } from "./resolver.js";

export interface Followed {
  /** The inputs with values in the place of references; where one could not be had, the engine's mark for "not known". */
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

/** Replaces every reference in a connector's storage by what it stands for, at the same time for all of them. */
export async function followReferences(given: Readonly<Record<string, unknown>>, context: Context): Promise<Followed> {
  const problems: string[] = [];
  const warnings = new Set<string>();
  const inputs: Record<string, unknown> = { ...given };
  await Promise.all(
    storageBlocks.map(async (block) => {
      const raw = given[block];
      if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return;
      if (!Object.entries(raw).some(([field, text]) => field === bundleField || isReference(text))) return;
      const found = await followBlock(block, raw as Record<string, unknown>, context);
      inputs[block] = found.fields;
      problems.push(...found.problems);
      for (const warning of found.warnings) warnings.add(warning);
    }),
  );
  return { inputs, problems, warnings: [...warnings] };
}

async function followBlock(block: StorageBlock, raw: Record<string, unknown>, context: Context) {
  const problems: string[] = [];
  const warnings: string[] = [];
  const { [bundleField]: bundle, ...fields } = raw;
  const follow = async (field: string, text: string): Promise<unknown> => {
    const path = `${block}.${field}`;
    if (!isFollowable(text, context.name)) return unknownSentinel;
    const resolved = await resolve(text, context);
    if (resolved === undefined) problems.push(badReference(path));
    else if ("problem" in resolved) problems.push(unresolved(path, resolved.problem));
    else {
      if (resolved.warning !== undefined) warnings.push(unresolved(path, resolved.warning));
      return resolved.value;
    }
    return unknownSentinel;
  };
  await Promise.all([
    ...credentialFields(block).map(async (field) => {
      const text = raw[field];
      if (!isReference(text)) return;
      const value = await follow(field, text);
      if (typeof value !== "string") problems.push(notAText(`${block}.${field}`));
      fields[field] = typeof value === "string" ? value : unknownSentinel;
    }),
    (async () => {
      if (bundle === undefined || bundle === null) return;
      const wanted = credentialFields(block).filter((field) => raw[field] === undefined || raw[field] === null);
      if (bundle === unknownSentinel) return spread(wanted, unknownSentinel);
      if (!isReference(bundle)) {
        problems.push(notAReference(`${block}.${bundleField}`));
        return spread(wanted, unknownSentinel);
      }
      spread(wanted, await follow(bundleField, bundle));
    })(),
  ]);
  return { fields, problems, warnings };

  /** One answer for several fields: an object under their names. */
  function spread(wanted: readonly string[], answer: unknown): void {
    const values = typeof answer === "string" && answer !== unknownSentinel ? parseJson(answer) : answer;
    const path = `${block}.${bundleField}`;
    if (answer !== unknownSentinel && (typeof values !== "object" || values === null)) problems.push(notABundle(path));
    for (const field of wanted) {
      const value = typeof values === "object" && values !== null ? ownText(values, field) : unknownSentinel;
      if (value === undefined) problems.push(bundleLacks(path, field));
      fields[field] = value ?? unknownSentinel;
    }
  }
}

function resolve(text: string, { resolver, name, previous }: Context): Promise<Resolved> | undefined {
  const parsed = parseReference(text);
  if (!parsed) return undefined;
  const reference = forConnector(parsed, String(name));
  return resolver.resolve(previous && reference.previous ? reference.previous : reference);
}

function ownText(values: object, field: string): string | undefined {
  const value: unknown = Object.hasOwn(values, field) ? (values as Record<string, unknown>)[field] : undefined;
  return typeof value === "string" ? value : undefined;
}
