import { drift } from "../../sdk/pipeline/index.js";
import type { CommandModule } from "./command.js";
import { finish } from "./finish.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";
import { collect, listOf } from "./flags.js";

export const command: CommandModule = {
  example: 'pulumi-dataspace drift --stack prod --ignore "test-*" --report drift.md',
  define(program) {
    addStackFlags(program)
      .option("--also-managed <stack>", "another stack whose connectors are no strangers (repeatable)", collect)
      .option("--ignore <glob>", "names at the service to leave out (repeatable)", collect);
  },
  async run({ flags, signal, terminal, follow }) {
    const report = await follow(
      drift({
        ...stackOptions(flags, signal),
        alsoManaged: listOf(flags["alsoManaged"]),
        ignore: listOf(flags["ignore"]),
      }),
    );
    return finish(report, flags, terminal);
  },
};
