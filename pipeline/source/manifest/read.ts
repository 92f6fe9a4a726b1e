import type { Manifest } from "./manifest.js";
import { ConnectorError } from "../../../provider/errors/connector-error.js";
import { checkManifest } from "./check.js";
import { manifestHeadline, manifestNext } from "./messages.js";

/**
 * Reads a manifest (YAML, or JSON where its name ends so), wholly offline: nothing is asked of the service, and no credential
 * is resolved.
 *
 * @throws ConnectorError `MANIFEST_INVALID`, naming everything that is wrong with every connector at once
 */
export async function readManifest(path: string): Promise<Manifest> {
  const { manifest, problems } = await checkManifest(path);
  if (manifest) return manifest;
  throw new ConnectorError("MANIFEST_INVALID", {
    headline: manifestHeadline(
      path,
      problems.map(({ text }) => text),
    ),
    next: manifestNext,
  });
}
