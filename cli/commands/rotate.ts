import { rotate, overFleet } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirmPlans } from "./confirm-plans.js";
import { finish } from "./finish.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addFleetFlags, fleetOptions } from "./fleet-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";
import { countOf } from "./flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace rotate --stack prod --wave 5 --yes",
  define(program) {
    addGateFlags(addFleetFlags(addStackFlags(program)))
      .option("--wave <n>", "connectors that restart together", "5")
      .option("--max-unhealthy <n>", "how many may go wrong before no further wave begins", "1")
      .option("--no-rollback", "go on where a credential has no previous value to go back to")
      .option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const reports = await follow(
      overFleet(
        rotate,
        {
          ...stackOptions(flags, signal),
          ...gatedOptions(flags),
          wave: countOf(flags["wave"], "--wave"),
          maxUnhealthy: countOf(flags["maxUnhealthy"], "--max-unhealthy"),
          rollback: flags["rollback"] !== false,
          confirm: (plans) => confirmPlans(terminal, flags, signal, plans, "Rotate these?"),
        },
        fleetOptions(flags),
      ),
    );
    return finish(reports, flags, terminal);
  },
};
