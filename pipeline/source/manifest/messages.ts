import { ConnectorError } from "../../../provider/errors/connector-error.js";
import { anySource, sources, writtenAs } from "../../../provider/model/sources.js";
import { counted } from "../../run/messages.js";

/** What reading a manifest says: read after `file:line:column: path: `. Never a value. */

export const notUtf8 = "is not UTF-8; save the file as UTF-8";
export const empty = "is empty; it needs version, project and connectors";
export const notAMapping = "must be a mapping with version, project and connectors";

export function tooLarge(limitMiB: number): string {
  return `is larger than ${limitMiB} MiB; split the manifest`;
}

export const nothing = "is empty; give a value, or remove the line";
export const ownNameInDefaults = "can't be shared; give it under the connector";
export const badVersion = "must be 1, the only version of the manifest format";
export const badProject =
  "is not a valid Pulumi project name; use 1 to 100 letters, digits, dashes, dots and underscores";
export const badShards = "must be a whole number from 1 to 1000";
export const badKey =
  "is not a valid key, because it names the Pulumi resource; use 1 to 100 letters, digits, dashes, dots and underscores, beginning with a letter or digit";
export const noConnectors = "must be a mapping from key to connector ({} for none)";

export function policyMissing(code: string): string {
  return `names a file that can't be read (${code}); paths are relative to the manifest`;
}

/** `account`: `undefined` for the default one. */
export function nameTwice(name: string, otherKey: string, line: number, account: string | undefined): string {
  const where = account === undefined ? "" : ` in account "${account}"`;
  return `"${name}"${where} is already declared by ${otherKey} (line ${line}); one connector can't be two resources: give this one another name or remove one of them`;
}

const write = `write ${anySource((kind) => `{ ${writtenAs(kind)}: ${sources[kind].example} }`)}`;

export const inClear = `is a plaintext credential, which a manifest may not contain; ${write} (or set allowPlaintextSecrets: true)`;
export const wireForm = `is a reference in the provider's own form; ${write}`;
export const bundleInClear = `must be a reference to all credentials of the block; ${write}`;
export const notAReference = `must be a reference; ${write}`;
export const severalSources = `has more than one of ${anySource()}; keep one`;

export function insecure(variable: string): string {
  return `is plain http to another machine, which exposes the token to the network; it is refused unless ${variable} is true`;
}

function invalid(headline: string, next: string): ConnectorError {
  return new ConnectorError("MANIFEST_INVALID", { headline, next });
}

export function manifestProblems(path: string, lines: readonly string[]): ConnectorError {
  return invalid(
    [`Could not use the manifest ${path}: ${counted(lines.length, "problem")}.`, ...lines].join("\n"),
    "Correct the manifest; pulumi-dataspace validate checks it again, offline.",
  );
}

export function manifestUnreadable(path: string, code: string): ConnectorError {
  const headline = `Could not use the manifest ${path}: the file can't be read (${code}).`;
  return invalid(headline, "Check the path (--manifest FILE) and the file's permissions.");
}

export function noManifest(folder: string, names: readonly string[]): ConnectorError {
  const headline = `Could not find a manifest: ${folder} contains none of ${names.join(", ")}.`;
  return invalid(headline, "Name one with --manifest FILE, or run the command in its folder.");
}

export function severalManifests(names: readonly string[]): ConnectorError {
  const headline = `Could not choose a manifest: ${names.join(" and ")} are both here.`;
  return invalid(headline, "Choose one with --manifest FILE.");
}
