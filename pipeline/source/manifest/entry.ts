import { registerSecret } from "../../../provider/errors/redact.js";
import type { Problem } from "../../../provider/model/check.js";
import { isObject } from "../../../provider/model/json.js";
import { isReference } from "../../../provider/model/reference.js";
import { bundleField, credentialFields, storageBlocks } from "../../../provider/model/storage.js";
import { isUnknown, unknownSentinel } from "../../../provider/model/unknown.js";
import { bundleInClear, inClear, wireForm } from "./messages.js";
import { wireFormOf } from "./reference-form.js";

type Fields = Readonly<Record<string, unknown>>;

/** What one connector, or `defaults`, says; `null` removes what defaults give. */
export interface Entry {
  /** Credentials in the form that is sent to the provider; what is wrong with one stands under `problems` alone. */
  readonly fields: Fields;
  readonly problems: readonly Problem[];
}

export interface EntryOptions {
  /** The manifest's own path: files are relative to it. */
  readonly manifest: string;
  readonly allowPlaintextSecrets: boolean;
}

/** Turns the credentials of one entry from objects into what is sent to the provider. */
export function readEntry(raw: Fields, options: EntryOptions): Entry {
  const problems: Problem[] = [];
  const fields: Record<string, unknown> = { ...raw };
  for (const block of storageBlocks) {
    const storage = Object.hasOwn(raw, block) ? raw[block] : undefined;
    if (!isObject(storage)) continue;
    const read = { ...storage };
    for (const field of [...credentialFields(block), bundleField]) {
      const value = Object.hasOwn(storage, field) ? storage[field] : undefined;
      if (value === undefined || value === null || isUnknown(value)) continue;
      const { sent, wrong } = credentialOf(value, field, options);
      read[field] = sent;
      problems.push(...wrong.map(({ path, sentence }) => ({ path: [block, field, ...path], sentence })));
    }
    fields[block] = read;
  }
  return { fields, problems };
}

interface Credential {
  readonly sent: unknown;
  readonly wrong: readonly Problem[];
}

function credentialOf(value: unknown, field: string, options: EntryOptions): Credential {
  if (isObject(value)) {
    const form = wireFormOf(value, options.manifest);
    return typeof form === "string" ? { sent: form, wrong: [] } : wrong(form);
  }
  if (isReference(value)) return wrong([{ path: [], sentence: wireForm }]);
  if (typeof value === "string" || typeof value === "number") registerSecret(String(value));
  if (field === bundleField) return wrong([{ path: [], sentence: bundleInClear }]);
  return options.allowPlaintextSecrets ? { sent: value, wrong: [] } : wrong([{ path: [], sentence: inClear }]);
}

/** What is wrong here is said once: check takes the mark for a value that it will know later. */
function wrong(problems: readonly Problem[]): Credential {
  return { sent: unknownSentinel, wrong: problems };
}

/**
 * One connector with what defaults give, field by field: the connector wins, `null` removes. A connector that names another
 * kind of storage takes none of the default one, and one that names its own `credentials` none of the default single ones.
 */
export function merged(defaults: Fields, own: Fields): Fields {
  const named = storageBlocks.find((block) => isObject(own[block]));
  const inherited = Object.entries(defaults).filter(
    ([field]) => named === undefined || field === named || !storageBlocks.some((block) => block === field),
  );
  const fields = new Map<string, unknown>(inherited);
  for (const [field, value] of Object.entries(own)) {
    const given = fields.get(field);
    fields.set(field, isObject(value) && isObject(given) ? mergedBlock(given, value) : value);
  }
  return withoutNulls(Object.fromEntries(fields));
}

function mergedBlock(defaults: Fields, own: Fields): Fields {
  const bundled = own[bundleField] !== undefined && own[bundleField] !== null;
  const inherited = Object.entries(defaults).filter(
    ([field]) => !bundled || !storageBlocks.some((block) => credentialFields(block).includes(field)),
  );
  return { ...Object.fromEntries(inherited), ...own };
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) =>
      value === null ? [] : [[field, isObject(value) ? withoutNulls(value) : value]],
    ),
  );
}
