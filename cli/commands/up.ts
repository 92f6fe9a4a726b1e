import { up, type Plan } from "../../sdk/pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirmPlan } from "./confirm-plan.js";
import { finish } from "./finish.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";
import { given } from "./flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace up --manifest connectors.yaml --stack prod --approved plan.json --yes",
  define(program) {
    addGateFlags(addStackFlags(program))
      .option("--approved <file>", "refuse when the world has moved since preview --approve-out wrote this file")
      .option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const report = await follow(
      up({
        ...stackOptions(flags, signal),
        ...gatedOptions(flags),
        ...given(flags, "approved"),
        confirm: (plan: Plan) => confirmPlan(terminal, flags, signal, plan, "Apply this?"),
      }),
    );
    return finish(report, flags, terminal);
  },
};
