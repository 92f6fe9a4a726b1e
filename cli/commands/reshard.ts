import { reshard } from "../../pipeline/index.js";
import { confirm } from "../terminal/confirm.js";
import type { CommandModule } from "./command.js";
import { finish } from "./finish.js";
import { countOf } from "./flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace reshard --manifest connectors.yaml --stack prod --to 4 --yes",
  define(program) {
    addStackFlags(program)
      .requiredOption("--to <n>", "how many stacks the connectors are to be spread over")
      .option("--yes", "don't ask");
  },
  async run({ flags, terminal, signal, follow }) {
    const to = countOf(flags["to"], "--to");
    const options = stackOptions(flags, signal);
    await confirm(terminal, {
      plan: `The connectors of ${options.stack} are spread over ${to} stack${to === 1 ? "" : "s"}, by moving state; none is touched at the service.`,
      question: "Do this?",
      yes: flags["yes"] === true,
      signal,
    });
    return finish(await follow(reshard({ ...options, to })), flags, terminal);
  },
};
