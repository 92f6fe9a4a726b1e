#!/usr/bin/env node
import "../sdk/node-version.js";
import { commands } from "./commands/index.js";

const width = Math.max(...commands.map(({ verb }) => verb.length));
const help = `pulumi-dataspace: declare hosted dataspace connectors with Pulumi

${commands.map(({ verb, summary }) => `  ${verb.padEnd(width)}  ${summary}`).join("\n")}

Example: pulumi-dataspace preview --manifest connectors.yaml --stack prod
pulumi-dataspace <command> --help says more. Exit codes: 0 well, 1 error, 2 changes or drift found, 3 refused by policy,
4 ended unhealthy or rolled back, 130 interrupted.`;

async function main([verb, ...argv]: readonly string[]): Promise<number> {
  if (verb === undefined || verb === "--help" || verb === "-h") return (console.log(help), 0);
  if (verb === "--version" || verb === "-V") {
    const { version } = await import("./version.js");
    return (console.log(version), 0);
  }
  const row = commands.find((each) => each.verb === verb);
  if (!row) {
    const { nearest } = await import("../pipeline/nearest.js");
    const meant = nearest(
      verb,
      commands.map((each) => each.verb),
    );
    console.error(
      `There is no command "${verb}"${meant === undefined ? "" : `; did you mean ${meant}?`}\nNext: Run pulumi-dataspace --help, which lists them.`,
    );
    return 1;
  }
  const { useCompileCache } = await import("../sdk/compile-cache.js");
  useCompileCache();
  const { execute } = await import("./commands/execute.js");
  return execute(row, argv);
}

process.exitCode = await main(process.argv.slice(2));
