#!/usr/bin/env node
import "../sdk/node-version.js";
import { commands } from "./commands/index.js";

const help = `pulumi-dataspace: declare hosted dataspace connectors with Pulumi

Commands:
${commands.map(({ verb, summary }) => `  ${verb.padEnd(12)} ${summary}`).join("\n")}

pulumi-dataspace <command> --help says more.`;

async function main([verb, ...argv]: readonly string[]): Promise<number> {
  if (verb === undefined || verb === "--help" || verb === "-h") return (console.log(help), 0);
  const command = commands.find((each) => each.verb === verb);
  if (!command) {
    console.error(`There is no command "${verb}".\n\n${help}`);
    return 1;
  }
  try {
    return await (
      await command.load()
    )(argv);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
