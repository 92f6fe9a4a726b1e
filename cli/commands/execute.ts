import { Command, CommanderError } from "commander";
import { failureIn, printable, type PipelineEvent, type Run } from "../../pipeline/index.js";
import { EventFile } from "../terminal/event-file.js";
import { LiveLines } from "../terminal/live-lines.js";
import { Terminal } from "../terminal/terminal.js";
import { onInterrupt } from "../terminal/interrupt.js";
import type { CommandModule, CommandRow } from "./command.js";
import { refuseTwice, type Flags } from "./flags.js";

/** Parses the arguments, runs the command, and prints its result: results to stdout, progress to stderr. */
export async function execute({ verb, summary, load }: CommandRow, argv: readonly string[]): Promise<number> {
  const module = await load();
  const program = programOf(verb, summary, module);
  let terminal = new Terminal({ json: argv.includes("--json"), quiet: false, color: true });
  let events: EventFile | undefined;
  const interrupt = onInterrupt();
  const { signal } = interrupt;
  const follow = async <T>(run: Run<T>, show?: (event: PipelineEvent) => void): Promise<T> => {
    const live = show ? undefined : new LiveLines(terminal);
    for await (const event of run) {
      events?.write(event);
      (show ?? ((each) => live?.show(each)))(event);
    }
    live?.end();
    return run;
  };
  try {
    const flags = program.parse(argv, { from: "user" }).opts<Flags>();
    terminal = new Terminal({
      json: flags["json"] === true,
      quiet: flags["quiet"] === true,
      color: flags["color"] !== false,
    });
    if (typeof flags["events"] === "string")
      events = new EventFile(flags["events"], (text) => terminal.complain(`warning: ${text}`));
    const result = await module.run({ operands: program.args, flags, terminal, signal, follow });
    if (terminal.json && result.document !== undefined) terminal.print(JSON.stringify(result.document, undefined, 2));
    else if (result.text !== "") terminal.print(result.text);
    return result.exitCode;
  } catch (error) {
    // Commander has printed the help.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const text = error instanceof CommanderError ? misused(verb, error) : printable(error);
    const exitCode = signal.aborted ? 130 : 1;
    if (terminal.json) terminal.print(JSON.stringify({ command: verb, exitCode, errors: [text], ...failureIn(error) }));
    else terminal.complain(text);
    return exitCode;
  } finally {
    interrupt.end();
    events?.close();
  }
}

/** A command's own parser: its flags, and those that all commands share. */
export function programOf(verb: string, summary: string, module: CommandModule): Command {
  const program = new Command(`pulumi-dataspace ${verb}`)
    .description(summary)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError()
    .addHelpText("after", `\nExample: ${module.example}`);
  if (module.operands !== undefined) program.arguments(module.operands);
  module.define?.(program);
  program
    .option("--json", "print one JSON document on stdout")
    .option("--events <file>", "append every event to a file, one JSON object a line")
    .option("--quiet", "no progress on stderr")
    .option("--no-color", "no colors (NO_COLOR does the same)");
  refuseTwice(program);
  return program;
}

/** Commander's words for arguments that it can't parse, in the form of every other error. */
function misused(verb: string, { message }: CommanderError): string {
  const problem = message
    .replace(/^error: /, "")
    .replace(/\n\(Did (.*)\)$/, "; did $1")
    .replace(". Expected ", ": expected ")
    .replace(/\.$/, "");
  return `Invalid command line: ${problem}${problem.endsWith("?") ? "" : "."}\nNext: Run pulumi-dataspace ${verb} --help, which shows what it takes.`;
}
