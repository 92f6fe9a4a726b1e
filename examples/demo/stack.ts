import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";

export interface StackOptions {
  readonly project: string;
  readonly program: PulumiFn;
  /** Folder for everything that the stack writes: state, the engine's home, settings. */
  readonly folder: string;
  /** Folder from which `@pulumi/pulumi` and `pulumi-dataspace` resolve. */
  readonly modulesIn: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A stack for an inline program. Its state is in `folder`, and it uses the Pulumi CLI that the set-up found. */
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
