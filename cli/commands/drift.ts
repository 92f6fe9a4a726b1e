import { drift, overFleet } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { finish } from "./finish.js";
import { addFleetFlags, fleetOptions } from "./fleet-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";
import { collect, listOf } from "./flags.js";

export const command: CommandModule = {
  example: 'pulumi-dataspace drift --stack prod --ignore "test-*" --report drift.md',
  define(program) {
    addFleetFlags(addStackFlags(program))
      .option("--also-managed <stack>", "another stack whose connectors are no strangers (repeatable)", collect)
      .option("--ignore <glob>", "names at the service to leave out (repeatable)", collect);
  },
  async run({ flags, signal, terminal, follow }) {
    const reports = await follow(
      overFleet(
        drift,
        {
          ...stackOptions(flags, signal),
          alsoManaged: listOf(flags["alsoManaged"]),
          ignore: listOf(flags["ignore"]),
        },
        fleetOptions(flags),
      ),
    );
    return finish(reports, flags, terminal);
  },
};
