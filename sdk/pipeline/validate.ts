import { isConnectorError } from "../../provider/errors/connector-error.js";
import { checkManifest, type CheckedManifest } from "./manifest/check.js";
import { readPolicy } from "./policy/read.js";
import type { Manifest, ManifestProblem } from "./manifest/manifest.js";

export interface Validation {
  /** Absent where there are problems. */
  readonly manifest?: Manifest;
  readonly problems: readonly Pick<ManifestProblem, "text">[];
}

/** Finds what is wrong with a file that a manifest names; offline, as everything here. */
type Validator = (files: Pick<CheckedManifest, "policy">) => Promise<Validation["problems"]>;

/** One row per file that a manifest names. */
const validators: readonly Validator[] = [policyProblems];

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

async function policyProblems({ policy }: Pick<CheckedManifest, "policy">): Promise<Validation["problems"]> {
  if (policy === undefined) return [];
  try {
    await readPolicy(policy);
    return [];
  } catch (error) {
    if (isConnectorError(error)) return [{ text: error.message }];
    throw error;
  }
}
