import { Command, CommanderError } from "commander";
import { printable, type PipelineEvent, type Run } from "../../pipeline/index.js";
import { EventFile } from "../terminal/event-file.js";
import { LiveLines } from "../terminal/live-lines.js";
import { Terminal } from "../terminal/terminal.js";
import { onInterrupt } from "../terminal/interrupt.js";
import type { CommandModule } from "./command.js";

interface Row {
  readonly verb: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: CommandModule }>;
}

/** Parses the arguments, runs the command, and prints what it has to say: results to stdout, progress to stderr. */
export async function execute({ verb, summary, load }: Row, argv: readonly string[]): Promise<number> {
  const { command: module } = await load();
  if (module.output === "own") return runAlone(module, argv);
  const program = programOf(verb, summary, module);
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    // Commander has printed its sentence, or the help.
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
  const flags = program.opts<Record<string, unknown>>();
  const terminal = new Terminal({
    json: flags["json"] === true,
    quiet: flags["quiet"] === true,
    color: flags["color"] !== false,
  });
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
    if (typeof flags["events"] === "string") events = new EventFile(flags["events"]);
    const result = await module.run({ operands: program.args, flags, terminal, signal, follow });
    if (terminal.json) terminal.print(JSON.stringify(result.document, undefined, 2));
    else if (result.text !== "") terminal.print(result.text);
    return result.exitCode;
  } catch (error) {
    const text = printable(error);
    if (terminal.json)
      terminal.print(JSON.stringify({ command: verb, exitCode: signal.aborted ? 130 : 1, errors: [text] }));
    else terminal.complain(text);
    return signal.aborted ? 130 : 1;
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
    .showSuggestionAfterError()
    .addHelpText("after", `\nExample: ${module.example}`);
  if (module.operands !== undefined) program.arguments(module.operands);
  module.define(program);
  return program
    .option("--json", "print one JSON document on stdout")
    .option("--events <file>", "append every event to a file, one JSON object a line")
    .option("--quiet", "no progress on stderr")
    .option("--no-color", "no colours (NO_COLOR does the same)");
}

/** A command that reads its own arguments, prints for itself, and ends as it sees fit. */
async function runAlone(module: CommandModule, argv: readonly string[]): Promise<number> {
  const { exitCode } = await module.run({
    operands: argv,
    flags: {},
    terminal: new Terminal({ json: false, quiet: false, color: true }),
    signal: new AbortController().signal,
    follow: (run) => Promise.resolve(run),
  });
  return exitCode;
}
