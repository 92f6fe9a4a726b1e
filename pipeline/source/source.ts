import { resolve } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { requireHome } from "./home.js";
import { shardOf, shardText, wholeFleet, type Shard, markName } from "./shard.js";
import type { Manifest, ManifestConnector } from "./manifest/manifest.js";
import type { HeldName } from "./manifest/renames.js";

/** Where the declaration of a stack's connectors is: an inline program, the folder of a Pulumi project, or a manifest. */
export type Source =
  | {
      readonly program: PulumiFn;
      /** Name of the Pulumi project. */
      readonly project: string;
      /** Folder with the project's own settings (`Pulumi.yaml`, `Pulumi.<stack>.yaml`), where it has any. */
      readonly settingsDir?: string;
    }
  | { readonly projectDir: string }
  | { readonly manifest: string };

/** A source, read and checked. */
export interface OpenSource {
  /** Name of the Pulumi project; `undefined`: the project's folder says it. */
  readonly project: string | undefined;
  /** Absent for a project's folder: its language host runs it. */
  readonly program?: PulumiFn;
  readonly projectDir?: string;
  readonly settingsDir?: string;
  readonly manifest?: Manifest;
  /** Keys of the connectors that it declares on this stack, where they are known before it is run. */
  readonly keys?: readonly string[];
  /** Notes what state holds before the program runs, so that a manifest's new key for a connector is a rename. */
  readonly follow?: (held: readonly HeldName[]) => void;
  /** URN in state of a connector that state holds under another key than the manifest. */
  readonly was?: (key: string) => string | undefined;
}

/**
 * @param read its manifest, where it has been read before
 * @throws ConnectorError `MANIFEST_INVALID`, with every problem of a manifest; `STACK_UNUSABLE` without a home folder
 */
export async function openSource(source: Source, shard: Shard = wholeFleet, read?: Manifest): Promise<OpenSource> {
  requireHome();
  if ("program" in source) return source;
  if ("projectDir" in source) return { project: undefined, projectDir: resolve(source.projectDir) };
  const [{ readManifest }, { manifestProgram }, { renamesIn }] = await Promise.all([
    import("./manifest/read.js"),
    import("./manifest/program.js"),
    import("./manifest/renames.js"),
  ]);
  const manifest = read ?? (await readManifest(source.manifest));
  const connectors = partitions(manifest, shard.count)[shard.index - 1] ?? [];
  let renamed: ReadonlyMap<string, string> = new Map();
  const program: PulumiFn = async () => {
    await manifestProgram({ connectors }, renamed)();
    return { [markName]: shardText(shard) };
  };
  return {
    project: manifest.project,
    program,
    manifest,
    keys: connectors.map(({ key }) => key),
    follow: (held) => void (renamed = renamesIn(connectors, held)),
    was: (key) => renamed.get(key),
  };
}

const partitionsOf = new WeakMap<Manifest, ManifestConnector[][]>();

/** A manifest's connectors by shard, dealt once for all of a fleet's stacks: each key takes a hash for each shard that there is. */
function partitions(manifest: Manifest, count: number): ManifestConnector[][] {
  const known = partitionsOf.get(manifest);
  if (known?.length === count) return known;
  const parts = Array.from({ length: count }, (): ManifestConnector[] => []);
  for (const connector of manifest.connectors) parts[shardOf(connector.key, count) - 1]?.push(connector);
  partitionsOf.set(manifest, parts);
  return parts;
}
