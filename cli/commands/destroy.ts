import { destroy, type Plan } from "../../sdk/pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirmPlan } from "./confirm-plan.js";
import { finish } from "./finish.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace destroy --stack test --yes",
  define(program) {
    addGateFlags(addStackFlags(program)).option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const report = await follow(
      destroy({
        ...stackOptions(flags, signal),
        ...gatedOptions(flags),
        confirm: (plan: Plan) => confirmPlan(terminal, flags, signal, plan, "Take these down?"),
      }),
    );
    return finish(report, flags, terminal);
  },
};
