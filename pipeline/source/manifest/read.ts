import type { Manifest } from "./manifest.js";
import { checkManifest } from "./check.js";
import { manifestProblems } from "./messages.js";

/**
 * Reads a manifest (YAML, or JSON where its name ends so), wholly offline: nothing is asked of the service, and no credential
 * is resolved.
 *
 * @throws ConnectorError `MANIFEST_INVALID`, naming everything that is wrong with every connector at once
 */
export async function readManifest(path: string): Promise<Manifest> {
  const { manifest, problems } = await checkManifest(path);
  if (manifest) return manifest;
  const lines = problems.map(({ text }) => text);
  throw manifestProblems(path, lines);
}
