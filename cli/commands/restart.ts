import { restart } from "../../sdk/pipeline/index.js";
import type { CommandModule } from "./command.js";
import { powerFlags, runPower } from "./power-command.js";
import { count } from "./service-flags.js";

export const command: CommandModule = {
  operands: "<name-or-glob>",
  example: 'pulumi-dataspace restart "acme-*" --failed',
  define: (command) =>
    powerFlags(
      command
        .option("--failed", "only those that have FAILED")
        .option("--wave <count>", "how many are restarted together", count, 5)
        .option("--max-unhealthy <count>", "so many that don't come up end it", count, 1),
    ),
  run: (invocation) => {
    const { flags } = invocation;
    const wave = Number(flags["wave"]);
    const maxUnhealthy = Number(flags["maxUnhealthy"]);
    return runPower(
      invocation,
      {
        verb: "Restart",
        happening: ({ effects }) => (effects.includes("recover") ? "stopped and started" : "restarts"),
        warning: `${wave} together; ends early once ${maxUnhealthy} won't come up.`,
      },
      (options) =>
        restart(invocation.operands[0] ?? "", { ...options, failed: flags["failed"] === true, wave, maxUnhealthy }),
    );
  },
};
