import { originsOf } from "../../../provider/credentials/origins.js";
import { registerIdentity } from "../../../provider/errors/redact.js";
import { problemsOfConnector, warningsOfConnector, type Problem } from "../../../provider/model/check.js";
import { notABlock } from "../../../provider/errors/messages/check.js";
import { isObject } from "../../../provider/model/json.js";
import { deriveName, identityOf, isConnectorName } from "../../../provider/model/name.js";
import { textOf } from "../../../provider/model/property-map.js";
import { bundleField, credentialFields, storageBlocks } from "../../../provider/model/storage.js";
import { isUnknown } from "../../../provider/model/unknown.js";
import { badKey, nameTwice, noConnectors, ownNameInDefaults } from "./messages.js";
import { merged, readEntry, type Entry, type EntryOptions } from "./entry.js";
import type { Located, Path } from "../yaml/located.js";
import { entrySchema, isKey } from "./schema.js";

type Fields = Readonly<Record<string, unknown>>;
type Say = (path: Path, sentence: string) => void;

export interface CheckedEntry {
  readonly key: string;
  /** Merged with the defaults; still with `protect`. */
  readonly args: Fields;
  readonly literalCredentials: readonly string[];
  readonly warnings: readonly string[];
}

/** Checks every connector with what the defaults give to it, and says everything that is wrong. */
export function checkEntries(root: Fields, located: Located, manifest: string, say: Say): CheckedEntry[] {
  const options = { manifest, allowPlaintextSecrets: root["allowPlaintextSecrets"] === true };
  const defaults = checkDefaults(root["defaults"], located, options, say);
  const { connectors } = root;
  if (connectors === undefined || connectors === null || isUnknown(connectors)) return [];
  if (!isObject(connectors)) return (say(["connectors"], noConnectors), []);
  const entries = Object.entries(connectors).flatMap(([key, raw]) => {
    const path = ["connectors", key];
    if (!isKey(key)) say(path, badKey);
    if (isUnknown(raw)) return [];
    if (raw !== null && !isObject(raw)) return (say(path, notABlock), []);
    const own = readEntry(raw ?? {}, options);
    return [checkEntry(key, own, defaults, located, say)];
  });
  sayNamesGivenTwice(entries, located, say);
  return entries;
}

/** What is wrong with the defaults is said of them alone, whether a connector takes them or not. */
function checkDefaults(raw: unknown, located: Located, options: EntryOptions, say: Say): Fields {
  if (raw === undefined || raw === null || isUnknown(raw)) return {};
  if (!isObject(raw)) return (say(["defaults"], notABlock), {});
  const { fields, problems } = readEntry(raw, options);
  const { name, ...shared } = fields;
  if (name !== undefined) say(["defaults", "name"], ownNameInDefaults);
  const found = problemsOfConnector(merged({}, shared), { schema: entrySchema, heldCredentials: new Set() });
  for (const { path, sentence } of [...problems, ...found]) {
    // What is missing here may be given by each connector, and each may choose one of several kinds of storage.
    if (path[0] !== "name" && isDefaults(path, located)) say(["defaults", ...path], sentence);
  }
  return shared;
}

function checkEntry(key: string, own: Entry, defaults: Fields, located: Located, say: Say): CheckedEntry {
  const args = merged(defaults, own.fields);
  for (const name of [key, args["name"]]) if (typeof name === "string") registerIdentity(name);
  const assumed = args["adoptCredentials"] === "assume";
  const held = storageBlocks.filter(
    (block) => assumed || (isObject(args[block]) && args[block][bundleField] !== undefined),
  );
  const options = {
    schema: entrySchema,
    resourceName: key,
    heldCredentials: new Set(held.flatMap((block) => credentialFields(block).map((field) => `${block}.${field}`))),
  };
  for (const { path, sentence } of [...own.problems, ...problemsOfConnector(args, options)]) {
    const at = ["connectors", key, ...path];
    // What is wrong with a value of the defaults has been said of them.
    if (located.has(at) || !isDefaults(path, located)) say(at, sentence);
  }
  return { key, args, literalCredentials: originsOf(args).literals, warnings: warningsOfConnector(args) };
}

/** Whether it is a problem of what the defaults give. */
function isDefaults(path: Problem["path"], located: Located): boolean {
  return path.length > 0 && located.gives(["defaults", ...path]);
}

function sayNamesGivenTwice(entries: readonly CheckedEntry[], located: Located, say: Say): void {
  const owners = new Map<string, string>();
  for (const { key, args } of entries) {
    const name = args["name"] ?? deriveName(key);
    if (typeof name !== "string" || !isConnectorName(name)) continue;
    const account = textOf(args["account"]);
    const identity = identityOf(account, name);
    const other = owners.get(identity);
    if (other === undefined) owners.set(identity, key);
    else {
      const { line } = located.positionOf(["connectors", other]);
      say(["connectors", key, "name"], nameTwice(name, `connectors.${other}`, line, account));
    }
  }
}
