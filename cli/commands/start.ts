import { start } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { addPowerFlags, runPower } from "./power-command.js";

export const command: CommandModule = {
  operands: "<name-or-glob>",
  example: "pulumi-dataspace start acme",
  define: (command) => addPowerFlags(command.option("--no-wait", "send the request, and don't wait for RUNNING")),
  run: (invocation) =>
    runPower(
      invocation,
      {
        question: (connectors) => `Start ${connectors}?`,
        happening: ({ effects }) => (effects.includes("recover") ? "stopped and started" : "started"),
      },
      (options) => start(invocation.operands[0] ?? "", { ...options, wait: invocation.flags["wait"] !== false }),
    ),
};
