import { restart } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { addPowerFlags, runPower } from "./power-command.js";
import { countOf } from "./flags.js";

export const command: CommandModule = {
  operands: "<name-or-glob>",
  example: 'pulumi-dataspace restart "acme-*" --failed',
  define: (command) =>
    addPowerFlags(
      command
        .option("--failed", "only those that have FAILED")
        .option("--wave <count>", "how many are restarted together", "5")
        .option("--max-unhealthy <count>", "so many that don't come up end it", "1"),
    ),
  async run(invocation) {
    const { flags } = invocation;
    const wave = countOf(flags["wave"], "--wave");
    const maxUnhealthy = countOf(flags["maxUnhealthy"], "--max-unhealthy");
    return runPower(
      invocation,
      {
        question: (connectors) => `Restart ${connectors}?`,
        happening: ({ effects }) => (effects.includes("recover") ? "stopped and started" : "restarts"),
        warning: `${wave} together; ends early once ${maxUnhealthy} won't come up.`,
      },
      (options) =>
        restart(invocation.operands[0] ?? "", { ...options, failed: flags["failed"] === true, wave, maxUnhealthy }),
    );
  },
};
