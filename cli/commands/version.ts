import { createRequire } from "node:module";
import type { CommandModule } from "./command.js";

const { version } = createRequire(import.meta.url)("pulumi-dataspace/package.json") as { version: string };

export const command: CommandModule = {
  example: "pulumi-dataspace version",
  run: () => Promise.resolve({ exitCode: 0, document: { version }, text: version }),
};
