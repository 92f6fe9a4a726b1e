import { printable, wait, type WaitOptions } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { duration, given, valueFlag } from "./flags.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";

export const command: CommandModule = {
  operands: "<name>",
  example: "pulumi-dataspace wait acme --for RUNNING --timeout 10m",
  define: (command) =>
    addServiceFlags(
      command
        .option("--for <status>", "the status to wait for, or absent", "RUNNING")
        .addOption(valueFlag("--timeout <time>", "how long to wait", duration, "10m")),
    ),
  async run(invocation) {
    const [name = ""] = invocation.operands;
    const { flags } = invocation;
    const report = await invocation.follow(
      wait(name, {
        ...serviceOptions(invocation),
        ...given<WaitOptions>(flags, "for"),
        timeoutMs: flags["timeout"] as number,
      }),
    );
    const [outcome] = report.connectors;
    const text = outcome?.result === "done" ? `✓ ${name}  ${printable(outcome.status)}` : "";
    return { exitCode: report.exitCode, document: report, text };
  },
};
