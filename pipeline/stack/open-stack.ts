import type * as Automation from "@pulumi/pulumi/automation/index.js";
import type { LocalWorkspace, Stack } from "@pulumi/pulumi/automation/index.js";
import { findCli, runCli, stateOf } from "./pulumi-cli.js";
import { backendUrl, fromAnywhere } from "./backend.js";
import { engineEnv } from "./engine-env.js";
import { noStack } from "./messages.js";
import { printable } from "../run/printable.js";
import { modulesFolder } from "./modules-folder.js";
import type { OpenSource } from "../source/source.js";
import { withProviderIn } from "../../sdk/shim-for.js";
import type { StackOptions } from "./stack-options.js";
import { StateCompression } from "./state-compression.js";
import type { State } from "./state.js";

export interface OpenStack {
  readonly stack: Stack;
  readonly compression: StateCompression;
  /** What it held when it was opened; `undefined`: nobody has looked. */
  readonly state: State | undefined;
}

/**
 * Opens a stack with one process of the CLI, and doesn't select it: which stack a user works on in the project's folder is
 * the user's own choice, and nothing needs it, because every command names its stack.
 *
 * @param folder of this run alone
 * @param create whether a stack that isn't there is made; its state is compressed unless it is to be `"plain"`
 * @throws ConnectorError `STACK_UNUSABLE`
 */
export async function openStack(
  source: OpenSource,
  options: StackOptions,
  folder: string,
  create: boolean | "plain",
): Promise<OpenStack> {
  const automation = await import("@pulumi/pulumi/automation/index.js");
  const workspace = await workspaceOf(automation, source, options, folder);
  const compression = new StateCompression(workspace, options.stack);
  const found = await stateOf(workspace, options.stack);
  const state = found ?? (await make(workspace, options, compression, create));
  const unselected = Object.assign(workspace, { selectStack: () => Promise.resolve() });
  const stack = await automation.Stack.select(options.stack, unselected);
  // After every run the SDK starts the CLI twice more, for outputs and history that nobody here reads.
  Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  return { stack, compression, state };
}

async function make(
  workspace: LocalWorkspace,
  { stack, secretsProvider }: StackOptions,
  compression: StateCompression,
  create: boolean | "plain",
): Promise<State | undefined> {
  if (!create) throw noStack(stack);
  if (create !== "plain") compression.begin();
  const secrets = secretsProvider === undefined ? [] : ["--secrets-provider", secretsProvider];
  try {
    await runCli(workspace, ["stack", "init", stack, "--no-select", ...secrets]);
  } catch (error) {
    // Another run has made it in the same instant, and may have filled it.
    if (!/stack \S+ already exists/.test(printable(error))) throw error;
    return undefined;
  }
  if (create !== "plain") await compression.remember();
  return { deployment: {} };
}

async function workspaceOf(
  automation: typeof Automation,
  source: OpenSource,
  options: StackOptions,
  folder: string,
): Promise<LocalWorkspace> {
  const pulumiCommand = await findCli(automation);
  const { project, program, projectDir, settingsDir } = source;
  const envVars = engineEnv(source, options, folder);
  const common = { pulumiCommand, envVars };
  if (projectDir !== undefined) return automation.LocalWorkspace.create({ ...common, workDir: projectDir });
  // Its settings say where the engine's processes start; the class decides as it does for the Automation API itself.
  if (settingsDir !== undefined) {
    return automation.LocalWorkspace.create({ ...common, ...(program ? { program } : {}), workDir: settingsDir });
  }
  // `pulumi login file://.` is kept as it was written. In this run's own folder, state would be gone with it.
  const url = (await backendUrl({ ...process.env, ...envVars })) ?? "";
  const moved = fromAnywhere(url, process.cwd());
  if (moved !== url) envVars["PULUMI_BACKEND_URL"] = moved;
  const main = modulesFolder();
  return automation.LocalWorkspace.create({
    ...common,
    ...(program ? { program: () => withProviderIn(main, program) } : {}),
    workDir: folder,
    projectSettings: { name: project ?? "dataspace", runtime: "nodejs", main },
  });
}
