import { resolve } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { markName } from "./fleet/mark.js";
import { shardOf, shardText, wholeFleet, type Shard } from "./fleet/shard.js";
import type { Manifest } from "./manifest/manifest.js";

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
  /** How many connectors it declares, where that is known before it is run. */
  readonly connectors?: number;
}

/** @throws ConnectorError `MANIFEST_INVALID`, with every problem of a manifest */
export async function openSource(source: Source, shard: Shard = wholeFleet): Promise<OpenSource> {
  if ("program" in source) return source;
  if ("projectDir" in source) return { project: undefined, projectDir: resolve(source.projectDir) };
  const [{ readManifest }, { manifestProgram }] = await Promise.all([
    import("./manifest/manifest.js"),
    import("./manifest/program.js"),
  ]);
  const manifest = await readManifest(source.manifest);
  const connectors = manifest.connectors.filter(({ key }) => shardOf(key, shard.count) === shard.index);
  const declare = manifestProgram({ connectors });
  const program: PulumiFn = async () => {
    await declare();
    return { [markName]: shardText(shard) };
  };
  return { project: manifest.project, program, manifest, connectors: connectors.length };
}
