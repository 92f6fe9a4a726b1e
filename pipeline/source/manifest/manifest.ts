import type { ConnectorArgs } from "../../../generated/args.js";

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
  /** The whole line, as compilers write it: `connectors.yaml:4:7: connectors.acme.amazonS3.region: must be a string`. */
  readonly text: string;
}
