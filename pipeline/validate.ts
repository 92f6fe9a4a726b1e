import { readFile } from "node:fs/promises";
import { decodeUtf8 } from "../provider/model/utf8.js";
import { checkManifest, type CheckedManifest } from "./source/manifest/check.js";
import type { Manifest, ManifestProblem } from "./source/manifest/manifest.js";
import { checkPolicy } from "./gate/policy/read.js";

export interface Validation {
  /** Absent if there are problems. */
  readonly manifest?: Manifest;
  readonly problems: readonly Pick<ManifestProblem, "text">[];
  /** Valid, but worth knowing. */
  readonly warnings: readonly string[];
}

/** Checks a file that a manifest names, offline. */
type Validator = (files: Pick<CheckedManifest, "policy">) => Promise<Omit<Validation, "manifest">>;

/** One row per file that a manifest names. */
const validators: readonly Validator[] = [validatePolicy];

/**
 * Finds all problems of a manifest and of the files that it names. Works offline: it sends no request and resolves no credential.
 *
 * @throws ConnectorError `MANIFEST_INVALID` if the file can't be read
 */
export async function validate(path: string): Promise<Validation> {
  const { manifest, problems, ...files } = await checkManifest(path);
  const others = await Promise.all(validators.map((check) => check(files)));
  const all = [...problems, ...others.flatMap((other) => other.problems)];
  const warnings = [...(manifest?.warnings ?? []), ...others.flatMap((other) => other.warnings)];
  return { ...(manifest && all.length === 0 ? { manifest } : {}), problems: all, warnings };
}

async function validatePolicy({ policy }: Pick<CheckedManifest, "policy">): Promise<Omit<Validation, "manifest">> {
  if (policy === undefined) return { problems: [], warnings: [] };
  const { read, problems } = checkPolicy(decodeUtf8(await readFile(policy)), policy);
  return { problems: problems.map((text) => ({ text })), warnings: read?.warnings ?? [] };
}
