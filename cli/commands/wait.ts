import { messageOf, wait } from "../../sdk/pipeline/index.js";
import type { CommandModule } from "./command.js";
import { serviceFlags, serviceOptions, textOf } from "./service-flags.js";

export const command: CommandModule = {
  operands: "<name>",
  example: "pulumi-dataspace wait acme --for RUNNING --timeout 10m",
  define: (command) =>
    serviceFlags(
      command
        .option("--for <status>", "the status to wait for, or absent", "RUNNING")
        .option("--timeout <duration>", "how long", "10m"),
    ),
  async run(invocation) {
    const [name = ""] = invocation.operands;
    const { flags } = invocation;
    const report = await invocation.follow(
      wait(name, {
        ...serviceOptions(invocation),
        for: textOf(flags["for"]),
        timeout: textOf(flags["timeout"]),
      }),
    );
    const [outcome] = report.connectors;
    const text = outcome?.result === "done" ? `✓ ${name}  ${messageOf(outcome.status)}` : "";
    return { exitCode: report.exitCode, document: report, text };
  },
};
