#!/usr/bin/env node
import "../sdk/node-version.js";
import { commands } from "./commands/index.js";
import { outliveReaders } from "./terminal/streams.js";

const rows = [...commands, { verb: "help", summary: "describe a command, e.g. pulumi-dataspace help up" }];
const width = Math.max(...rows.map(({ verb }) => verb.length));
const help = `pulumi-dataspace: declare hosted dataspace connectors with Pulumi

${rows.map(({ verb, summary }) => `  ${verb.padEnd(width)}  ${summary}`).join("\n")}

Example: pulumi-dataspace preview --manifest connectors.yaml --stack prod
Run pulumi-dataspace <command> --help for its flags. Exit codes: 0 success, 1 error, 2 changes or drift found,
3 refused by policy, 4 ended unhealthy or rolled back, 130 interrupted.`;

async function main([verb = "--help", ...argv]: readonly string[]): Promise<number> {
  if (verb === "help") return main(argv.length === 0 ? [] : [...argv, "--help"]);
  if (verb === "--help" || verb === "-h") return (console.log(help), 0);
  if (verb === "--version" || verb === "-V") return main(["version"]);
  const row = commands.find((each) => each.verb === verb);
  if (!row) {
    const { nearest } = await import("../pipeline/nearest.js");
    const meant = nearest(
      verb,
      rows.map((each) => each.verb),
    );
    console.error(
      `There is no command "${verb}"${meant === undefined ? "." : `; did you mean ${meant}?`}\nNext: Run pulumi-dataspace --help, which lists the commands.`,
    );
    return 1;
  }
  const { useCompileCache } = await import("../sdk/compile-cache.js");
  useCompileCache();
  const { execute } = await import("./commands/execute.js");
  return execute(row, argv);
}

outliveReaders();
process.exitCode = await main(process.argv.slice(2));
