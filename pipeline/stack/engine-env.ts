import { dirname, join, resolve } from "node:path";
import type { Workspace } from "@pulumi/pulumi/automation/index.js";
import { compileCacheFolder } from "../../sdk/compile-cache.js";
import { endpointOf } from "../service/endpoint.js";
import { absolutePaths } from "./paths.js";
import type { OpenSource } from "../source/source.js";
import type { StackOptions } from "./stack-options.js";

/**
 * The environment of the engine, and of the provider's process that it starts.
 *
 * @throws ConnectorError `SETTINGS_INVALID` where the manifest names another origin than the environment
 */
export function engineEnv(
  { manifest, projectDir }: OpenSource,
  { env, source }: StackOptions,
  folder: string,
): Record<string, string> {
  const given = { ...process.env, ...env };
  const referenceFolder = "manifest" in source ? dirname(resolve(source.manifest)) : process.cwd();
  return {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    DATASPACE_JOURNAL: journalIn(folder),
    DATASPACE_FOLDER: process.cwd(),
    ...(projectDir === undefined ? { DATASPACE_REFERENCE_FOLDER: referenceFolder } : {}),
    ...env,
    ...endpointOf(manifest?.endpoint, given),
    ...absolutePaths(given, process.cwd()),
    NODE_OPTIONS: nodeOptions(given["NODE_OPTIONS"], projectDir === undefined),
    ...(projectDir === undefined ? ofInlineProgram(given) : {}),
  };
}

/** Where no language host runs a program of the user's. */
function ofInlineProgram(given: NodeJS.ProcessEnv): Record<string, string> {
  const compiled = compileCacheFolder(given);
  return {
    // An inline program brings its own language host: the engine need not look for others.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Half of what its providers take to start is spent on compiling Pulumi's SDK (docs/decisions/0017).
    ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
  };
}

function nodeOptions(given: string | undefined, isInline: boolean): string {
  const endsWithEngine = new URL("../../provider/process/with-engine.js", import.meta.url);
  // They keep little: with Node's defaults a sixth of a provider's memory is room for garbage (docs/decisions/0017).
  const memory = isInline ? ["--max-semi-space-size=2"] : [];
  return [`--import=${endsWithEngine.href}`, ...memory, ...(given ? [given] : [])].join(" ");
}

/**
 * Runs the engine with more environment than the workspace's, for this run alone. The Automation API reads the workspace's
 * environment when it starts the CLI.
 */
export async function withEnv<T>(
  workspace: Pick<Workspace, "envVars">,
  env: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const usual = workspace.envVars;
  workspace.envVars = { ...usual, ...env };
  try {
    return await work();
  } finally {
    workspace.envVars = usual;
  }
}

/** The file in which the provider's processes note what they send and see. */
export function journalIn(folder: string): string {
  return join(folder, "journal.ndjson");
}
