import type { CommandModule } from "./command.js";

export const command: CommandModule = {
  example: "pulumi-dataspace emulator --start 5s --quirk echoSecrets=masked",
  output: "own",
  define: () => undefined,
  async run({ operands }) {
    const { runEmulator } = await import("../../emulator/main.js");
    return { exitCode: (await runEmulator(operands)) === 0 ? 0 : 1, document: {}, text: "" };
  },
};
