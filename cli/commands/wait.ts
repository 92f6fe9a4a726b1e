import { printable, wait } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { durationOf, given } from "./flags.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";

export const command: CommandModule = {
  operands: "<name>",
  example: "pulumi-dataspace wait acme --for RUNNING --timeout 10m",
  define: (command) =>
    addServiceFlags(
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
        ...given(flags, "for"),
        timeoutMs: durationOf(flags["timeout"], "--timeout"),
      }),
    );
    const [outcome] = report.connectors;
    const text = outcome?.result === "done" ? `✓ ${name}  ${printable(outcome.status)}` : "";
    return { exitCode: report.exitCode, document: report, text };
  },
};
