import { reshard } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { confirm } from "./confirm.js";
import { finish } from "./finish.js";
import { required, valueFlag, wholeNumber } from "./flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace reshard --manifest connectors.yaml --stack prod --to 4 --yes",
  define: (command) =>
    addStackFlags(command)
      .addOption(valueFlag("--to <n>", "how many stacks to spread the connectors over", wholeNumber(1)))
      .option("--yes", "do not ask"),
  async run(invocation) {
    const { flags, terminal, signal, follow } = invocation;
    const report = await follow(
      reshard({
        ...stackOptions(flags, signal),
        to: required(flags, "--to <n>"),
        confirm: (move) => confirm(invocation, move, "Do this?"),
      }),
    );
    return finish(report, flags, terminal);
  },
};
