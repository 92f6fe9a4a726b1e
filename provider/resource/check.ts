import { keyOf } from "../model/connector-type.js";
import type { Core } from "../core/core.js";
import type { Settings } from "../core/settings.js";
import { declaredCredentials } from "../credentials/declared.js";
import { keepPrevious } from "../credentials/previous.js";
import { newSalt } from "../credentials/fingerprint.js";
import { followReferences } from "../credentials/follow.js";
import { originsOf } from "../credentials/origins.js";
import { omitReferences } from "../credentials/omit-references.js";
import { extractCredentials } from "../credentials/extract-credentials.js";
import { isConnectorError } from "../errors/connector-error.js";
import { duplicateName, withheld } from "../errors/messages/check.js";
import { assumedLater } from "../errors/messages/notes.js";
import { redact, registerIdentity } from "../errors/redact.js";
import { fingerprintsOf } from "../model/fingerprints.js";
import { changesBetween, isAssumed } from "../model/changes.js";
import { checkConnector } from "../model/check.js";
import { deriveName, identityOf } from "../model/name.js";
import { blockOf, credentialFields } from "../model/storage.js";
import { containsUnknown, isUnknown, knownTextOf, withoutUnknown } from "../model/unknown.js";
import { assumes } from "./goals.js";
import { handedBack, withoutIgnored } from "./handed-back.js";
import type { Runtime } from "./runtime.js";
import type { Urns } from "./urns.js";
import { textOf, type PropertyMap } from "../model/property-map.js";

export interface CheckResult {
  /** Without any credential's value. */
  readonly inputs: PropertyMap;
  /** Each `path: sentence`. */
  readonly problems: readonly string[];
}

/**
 * Checks everything about one resource at once, takes the credentials out of what the engine will store, and keeps them for
 * the create or update that follows in this process.
 */
export async function check(
  { core, log, urns }: Runtime,
  urn: string | undefined,
  olds: PropertyMap,
  news: PropertyMap,
): Promise<CheckResult> {
  const { given, ...handed } = handedBack(olds, news);
  // It may itself hold `::`.
  const resourceName = urn === undefined ? undefined : keyOf(urn);
  // A name that was derived stays, whatever becomes of the resource's own.
  const kept = given["name"] === undefined ? textOf(olds["name"]) : undefined;
  const name = given["name"] ?? kept ?? (resourceName === undefined ? undefined : deriveName(resourceName));
  const account = given["account"];
  const { settings, warnings: ofSettings } = await settingsOf(core, account);
  const known = knownTextOf(name);
  if (known !== undefined) registerIdentity(known);
  core.journal?.checked({ account: knownTextOf(account), connector: known, urn }, originsOf(given));
  const fingerprints = { ...handed.fingerprints, ...fingerprintsOf(olds) };
  const previous = typeof settings === "object" && settings.previousCredentials;
  const followed = core.noCredentials
    ? { warnings: [], ...omitReferences(given) }
    : { paths: [], ...(await followReferences(given, { resolver: core.resolver, name, previous })) };
  const declared = followed.inputs;
  const { problems, warnings } = checkConnector(kept === undefined ? declared : { ...declared, name: kept }, {
    ...(resourceName === undefined ? {} : { resourceName }),
    heldCredentials: new Set([...followed.paths, ...heldPaths(declared, fingerprints)]),
  });
  const named: PropertyMap = { desiredStatus: "RUNNING", ...declared, ...(name === undefined ? {} : { name }) };
  const salt = textOf(olds["salt"]) ?? handed.salt ?? newSalt();
  const extracted = extractCredentials(named, { salt, oldFingerprints: fingerprints });
  const { credentialFingerprints, values, inputs: plain } = withoutIgnored(extracted, handed.fingerprints);
  const connector =
    known === undefined || isUnknown(account)
      ? undefined
      : { name: known, identity: identityOf(textOf(account), known) };
  if (connector !== undefined)
    for (const [field, value] of Object.entries(values))
      core.keyring.put(connector.identity, field, String(credentialFingerprints[field]), value);
  const mayRollBack = typeof settings === "object" && settings.onFailedEdit === "rollback" && !core.noCredentials;
  const isChanged = (field: string) => fingerprints[field] !== credentialFingerprints[field];
  const ofPrevious =
    mayRollBack && connector !== undefined && !isNew(olds)
      ? await keepPrevious(given, isChanged, connector, {
          keyring: core.keyring,
          resolver: core.resolver,
          isPreviousCurrent: previous,
        })
      : [];
  const before = textOf(olds["name"]);
  const entry = { urn, salt, inState: before !== undefined };
  const heldAs = before === undefined ? undefined : core.identity(textOf(olds["account"]), before);
  const declaredAs = connector === undefined ? undefined : core.identity(textOf(account), connector.name);
  if (heldAs !== undefined) urns.hold(heldAs, entry);
  if (declaredAs !== undefined) urns.declare(declaredAs, { ...entry, inState: heldAs === declaredAs && !isNew(olds) });
  const marked = Object.keys(credentialFingerprints).length > 0 ? { credentialFingerprints } : {};
  const inputs = { ...plain, salt, ...marked };
  for (const warning of [...ofSettings, ...followed.warnings, ...warnings, ...ofPrevious]) log.warn(urn, warning);
  for (const note of assumedNotes(olds, inputs, values)) log.note(urn, note);
  const found = [
    ...followed.problems,
    ...problems,
    ...(typeof settings === "string" ? [settings] : []),
    ...(core.noCredentials ? [] : withheldProblems(olds, inputs, values)),
    ...duplicateProblems(urns, declaredAs, urn, known),
  ];
  // In an `up` the engine takes nothing unknown back from check, and says only that, instead of the problems (observed).
  return { inputs: found.length > 0 ? withoutUnknown(inputs) : inputs, problems: found.map(redact) };
}

/** Credentials that need not be given: an earlier run pushed them, and their fingerprint is in state; or the service's own are assumed. */
function heldPaths(declared: PropertyMap, fingerprints: PropertyMap): string[] {
  const mayAssume = assumes(declared) || isUnknown(declared["adoptCredentials"]);
  return declaredCredentials(declared)
    .filter(({ fields: [field = ""] }) => mayAssume || Object.hasOwn(fingerprints, field))
    .map(({ path }) => path);
}

/** The account's settings, or what is wrong with them; nothing while it isn't known which account is meant. */
async function settingsOf(
  core: Core,
  name: unknown,
): Promise<{ readonly settings?: Settings | string; readonly warnings: readonly string[] }> {
  if (isUnknown(name)) return { warnings: [] };
  try {
    const account = core.account(textOf(name));
    return { warnings: await account.authenticate(), settings: account.settings };
  } catch (error) {
    if (isConnectorError(error)) return { settings: error.message, warnings: [] };
    throw error;
  }
}

/** An edit sends the whole payload, and would blank what isn't given (specified). */
function withheldProblems(olds: PropertyMap, inputs: PropertyMap, values: Readonly<Record<string, string>>): string[] {
  const block = blockOf(inputs);
  if (block === undefined || containsUnknown(inputs) || isNew(olds)) return [];
  const changed = changesBetween(olds, inputs).filter((change) => change.push);
  if (changed.length === 0) return [];
  const missing = credentialFields(block).filter((field) => !Object.hasOwn(values, field));
  const carried = fingerprintsOf(inputs);
  const held = missing.filter((field) => assumes(inputs) || Object.hasOwn(carried, field));
  if (held.length === 0) return [];
  return [
    withheld(
      changed.map((change) => change.path),
      held.map((field) => `${block}.${field}`),
      assumes(inputs),
    ),
  ];
}

/** Of a connector that was taken over without its credentials, what is given of them for the first time. */
function assumedNotes(olds: PropertyMap, inputs: PropertyMap, values: Readonly<Record<string, string>>): string[] {
  const block = blockOf(inputs);
  if (block === undefined || isNew(olds) || changesBetween(olds, inputs).some((change) => change.push)) return [];
  const before = fingerprintsOf(olds);
  const fields = Object.keys(values).filter((field) => isAssumed(field, before, inputs));
  const paths = fields.map((field) => `${block}.${field}`);
  return paths.length === 0 ? [] : [assumedLater(String(inputs["name"]), paths)];
}

/** Nothing is in state yet: a create is to come, also in place of another connector. */
function isNew(olds: PropertyMap): boolean {
  return olds["salt"] === undefined;
}

function duplicateProblems(
  urns: Urns,
  connector: string | undefined,
  urn: string | undefined,
  name: string | undefined,
): string[] {
  if (connector === undefined || name === undefined || urn === undefined) return [];
  const other = urns.claim(connector, urn);
  return other === undefined ? [] : [duplicateName(name, other)];
}
