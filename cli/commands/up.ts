import { up, overFleet } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirmPlans } from "./confirm-plans.js";
import { finish } from "./finish.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addFleetFlags, fleetOptions } from "./fleet-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";
import { given } from "./flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace up --manifest connectors.yaml --stack prod --approved plan.json --yes",
  define(program) {
    addGateFlags(addFleetFlags(addStackFlags(program)))
      .option("--approved <file>", "refuse if something has changed since preview --approve-out wrote this file")
      .option("--compress-state", "keep the stack's state compressed from now on")
      .option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const reports = await follow(
      overFleet(
        up,
        {
          ...stackOptions(flags, signal),
          ...gatedOptions(flags),
          ...given(flags, "approved"),
          compressState: flags["compressState"] === true,
          confirm: (plans) => confirmPlans(terminal, flags, signal, plans, "Apply this?"),
        },
        fleetOptions(flags),
      ),
    );
    return finish(reports, flags, terminal);
  },
};
