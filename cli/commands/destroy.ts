import { destroy, overFleet } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirmPlans } from "./confirm-plans.js";
import { finish } from "./finish.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addFleetFlags, fleetOptions } from "./fleet-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace destroy --stack test --yes",
  define(program) {
    addGateFlags(addFleetFlags(addStackFlags(program))).option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const reports = await follow(
      overFleet(
        destroy,
        {
          ...stackOptions(flags, signal),
          ...gatedOptions(flags),
          confirm: (plans) => confirmPlans(terminal, flags, signal, plans, "Take these down?"),
        },
        fleetOptions(flags),
      ),
    );
    return finish(reports, flags, terminal);
  },
};
