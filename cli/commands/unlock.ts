import { unlock } from "../../pipeline/index.js";
import { confirm } from "../terminal/confirm.js";
import type { CommandModule } from "./command.js";
import { finish } from "./finish.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace unlock --stack prod --yes",
  define(program) {
    addStackFlags(program).option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const report = await follow(
      unlock({
        ...stackOptions(flags, signal),
        confirm: async (plan) => {
          await confirm(terminal, { plan, question: "Take the lock away?", yes: flags["yes"] === true, signal });
          return true;
        },
      }),
    );
    return finish(report, flags, terminal);
  },
};
