import { doctor, type Finding } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";

const marks = { ok: ["✓", "green"], warning: ["!", "yellow"], problem: ["✗", "red"], unchecked: ["·", "dim"] } as const;

export const command: CommandModule = {
  example: "pulumi-dataspace doctor",
  define: (command) => addServiceFlags(command),
  async run(invocation) {
    const { terminal } = invocation;
    const diagnosis = await doctor(serviceOptions(invocation));
    const width = Math.max(...diagnosis.findings.map(({ check }) => check.length));
    const line = ({ check, result, text, next }: Finding) => {
      const [mark, colour] = marks[result];
      const rest = next === undefined ? text : `${text}. Next: ${next}`;
      return `${terminal.style(colour, mark)} ${check.padEnd(width)}  ${result === "unchecked" ? "not checked: " : ""}${rest}`;
    };
    return { exitCode: diagnosis.exitCode, document: diagnosis, text: diagnosis.findings.map(line).join("\n") };
  },
};
