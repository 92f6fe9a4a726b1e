import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";

export interface StackOptions {
  readonly project: string;
  readonly program: PulumiFn;
  /** Holds everything that the stack leaves behind: state, the engine's home, settings. */
  readonly folder: string;
  /** From here `@pulumi/pulumi` and `pulumi-dataspace` resolve. */
  readonly modulesIn: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A stack of an inline program, with its state in a folder of its own, and the CLI that the set-up has found. */
export async function openStack({ project, program, folder, modulesIn, env }: StackOptions): Promise<Stack> {
  const workDir = join(folder, "work");
  await mkdir(workDir, { recursive: true });
  const root = process.env["PULUMI_DATASPACE_CLI"];
  return LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: project, program },
    {
      workDir,
      pulumiCommand: await PulumiCommand.get(root === undefined ? {} : { root }),
      projectSettings: { name: project, runtime: "nodejs", main: modulesIn, backend: { url: `file://${folder}` } },
      envVars: {
        PULUMI_HOME: join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        ...env,
      },
    },
  );
}
