import { unlock } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirm } from "./confirm.js";
import { finish } from "./finish.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace unlock --stack prod --yes",
  define: (command) => addStackFlags(command).option("--yes", "do not ask"),
  async run(invocation) {
    const { flags, terminal, signal, follow } = invocation;
    const report = await follow(
      unlock({
        ...stackOptions(flags, signal),
        confirm: (holder) => confirm(invocation, holder, "Remove the lock?"),
      }),
    );
    return finish(report, flags, terminal);
  },
};
