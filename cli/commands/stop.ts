import { stop } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { addPowerFlags, runPower } from "./power-command.js";

export const command: CommandModule = {
  operands: "<name-or-glob>",
  example: "pulumi-dataspace stop acme",
  define: (command) => addPowerFlags(command.option("--no-wait", "send the request, and don't wait for STOPPED")),
  run: (invocation) =>
    runPower(invocation, { question: (connectors) => `Stop ${connectors}?`, happening: () => "stopped" }, (options) =>
      stop(invocation.operands[0] ?? "", { ...options, wait: invocation.flags["wait"] !== false }),
    ),
};
