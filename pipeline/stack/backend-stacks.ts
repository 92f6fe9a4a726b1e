import { requireHome } from "../source/home.js";
import { absolutePaths } from "./paths.js";
import { findCli, runCli } from "./pulumi-cli.js";
import { connectorsIn, type HeldConnector, type State } from "./state.js";

/** A connector in the state of some stack. */
export interface OwnedConnector extends HeldConnector {
  /** As the backend names it: `organization/project/stack`. */
  readonly stack: string;
}

/**
 * What all stacks of the backend hold, of every project.
 *
 * @param found is told how many stacks are about to be read
 * @returns `undefined` where they can't be read: no CLI, no backend, no rights
 */
export async function ownedInBackend(
  environment: NodeJS.ProcessEnv,
  found: (stacks: number) => void,
): Promise<readonly OwnedConnector[] | undefined> {
  try {
    requireHome();
    const pulumiCommand = await findCli(await import("@pulumi/pulumi/automation/index.js"));
    const envVars = { ...environment, ...absolutePaths(environment, process.cwd()), PULUMI_SKIP_UPDATE_CHECK: "true" };
    const cli = { pulumiCommand, workDir: process.cwd(), envVars };
    const listed = JSON.parse(await runCli(cli, ["stack", "ls", "--all", "--json"])) as readonly ListedStack[];
    const filled = listed.filter(({ resourceCount }) => resourceCount !== 0);
    if (filled.length > 0) found(filled.length);
    const states = await Promise.all(
      filled.map(async ({ name: stack }) => {
        const state = JSON.parse(await runCli(cli, ["stack", "export", "--stack", stack])) as State;
        return connectorsIn(state).map((held) => ({ ...held, stack }));
      }),
    );
    return states.flat();
  } catch {
    return undefined;
  }
}

/** What is read of a line of `pulumi stack ls --json`. */
interface ListedStack {
  readonly name: string;
  /** Absent where the backend doesn't know. */
  readonly resourceCount?: number;
}
