import { fail } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { addPowerFlags, runPower } from "./power-command.js";

export const command: CommandModule = {
  operands: "<name>",
  example: "pulumi-dataspace fail acme",
  define: (command) => addPowerFlags(command.option("--no-wait", "send the request, and don't wait for FAILED")),
  run: (invocation) =>
    runPower(
      invocation,
      {
        question: (connector) => `Force ${connector} into FAILED?`,
        happening: () => "forced into FAILED",
        warning:
          "This is the way out of a status that it is stuck in: whatever it is doing is cut off, and its partners lose it until it is started again.",
      },
      (options) => fail(invocation.operands[0] ?? "", { ...options, wait: invocation.flags["wait"] !== false }),
    ),
};
