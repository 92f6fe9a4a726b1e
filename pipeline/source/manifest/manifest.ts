import type { ConnectorArgs } from "../../../generated/args.js";
import { ConnectorError } from "../../../provider/errors/connector-error.js";
import { manifestHeadline, manifestNext } from "./messages.js";
import { checkManifest } from "./check.js";

/** Connectors declared in a file, ready to be declared to Pulumi. */
export interface Manifest {
  /** As it was given. */
  readonly path: string;
  /** Name of the Pulumi project. */
  readonly project: string;
  readonly endpoint?: string;
  /** Number of stacks that the connectors are spread over. */
  readonly shards: number;
  /** The policy's path, from where `path` is given. */
  readonly policy?: string;
  /** In the order of the file. */
  readonly connectors: readonly ManifestConnector[];
  /** What is right and must be known all the same. */
  readonly warnings: readonly string[];
}

export interface ManifestConnector {
  /** The resource's name. */
  readonly key: string;
  /** What a program would give to `new Connector(key, …)`. */
  readonly args: ConnectorArgs;
  readonly protect: boolean;
  /** Paths of the credentials that are given in clear, e.g. `amazonS3.secretAccessKeyRead`. */
  readonly literalCredentials: readonly string[];
}

/** Something that is wrong with a manifest. */
export interface ManifestProblem {
  readonly line: number;
  readonly column: number;
  /** E.g. `connectors.acme.amazonS3.region`; empty: the file as a whole. */
  readonly path: string;
  /** The whole line, as compilers write it: `connectors.yaml:4:7: connectors.acme.amazonS3.region: must be a text`. */
  readonly text: string;
}

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
