import { manifestSchemaText } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";

export const command: CommandModule = {
  example: "pulumi-dataspace schema > connectors.schema.json",
  async run() {
    const text = manifestSchemaText();
    return { exitCode: 0, document: JSON.parse(text) as unknown, text: text.trimEnd() };
  },
};
