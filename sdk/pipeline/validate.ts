import { checkManifest, type CheckedManifest } from "./manifest/check.js";
import type { Manifest, ManifestProblem } from "./manifest/manifest.js";

export interface Validation {
  /** Absent where there are problems. */
  readonly manifest?: Manifest;
  readonly problems: readonly Pick<ManifestProblem, "text">[];
}

/** Finds what is wrong with a file that a manifest names; offline, as everything here. */
type Validator = (files: Pick<CheckedManifest, "policy">) => Promise<Validation["problems"]>;

/** One row per file that a manifest names. */
const validators: readonly Validator[] = [];

/**
 * Everything that is wrong with a manifest and with the files that it names, wholly offline: nothing is asked of the service,
 * and no credential is resolved.
 *
 * @throws ConnectorError `MANIFEST_INVALID` where the file can't be read at all
 */
export async function validate(path: string): Promise<Validation> {
  const { manifest, problems, ...files } = await checkManifest(path);
  const others = await Promise.all(validators.map((find) => find(files)));
  const all = [...problems, ...others.flat()];
  return { ...(manifest && all.length === 0 ? { manifest } : {}), problems: all };
}
