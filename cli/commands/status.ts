import { printable, status, watch, type ConnectorStatus, type PipelineEvent } from "../../pipeline/index.js";
import type { Terminal } from "../terminal/terminal.js";
import { stdoutGone } from "../terminal/streams.js";
import { table } from "../terminal/table.js";
import type { CommandModule, CommandResult, Invocation } from "./command.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";

export const command: CommandModule = {
  operands: "<name>",
  example: "pulumi-dataspace status acme --watch",
  define: (command) => addServiceFlags(command.option("--watch", "follow it until interrupted")),
  async run(invocation) {
    const [name = ""] = invocation.operands;
    if (invocation.flags["watch"] === true) return follow(name, invocation);
    const seen = await status(name, serviceOptions(invocation));
    return { exitCode: 0, document: seen, text: textOf(seen) };
  },
};

/** Redraws in a terminal; elsewhere prints a line for every change. It ends when it is interrupted, or nobody reads it. */
async function follow(name: string, invocation: Invocation): Promise<CommandResult> {
  const { terminal } = invocation;
  const redrawn = terminal.redraws && process.stdout.isTTY;
  const timeline = await invocation.follow(
    watch(name, { ...serviceOptions(invocation), signal: AbortSignal.any([invocation.signal, stdoutGone]) }),
    redrawn ? undefined : lines(terminal),
  );
  const last = timeline.at(-1);
  const text = redrawn && last ? `${name}  ${printable(last.status)}` : "";
  return { exitCode: 0, document: { name, timeline }, text };
}

function lines(terminal: Terminal): (event: PipelineEvent) => void {
  let last: string | undefined;
  return (event) => {
    if (event.type === "warning") terminal.say(`warning: ${event.text}`);
    if (event.type !== "status" || event.status === last) return;
    last = event.status;
    if (!terminal.json) terminal.print(`${new Date(event.at).toISOString()}  ${printable(event.status)}`);
  };
}

function textOf({ name, status: word, storageType, storage, details, ...reported }: ConnectorStatus): string {
  const rows: [string, unknown][] = [
    ["status", word],
    ...Object.entries(reported),
    ["storage", storageType ?? "none"],
    ...Object.entries(storage),
    ...Object.entries(details),
  ];
  return table(
    ["name", name],
    rows.flatMap(([key, value]) => (value === undefined ? [] : [[printable(key), shown(value)]])),
  );
}

function shown(value: unknown): string {
  return printable(typeof value === "string" ? value : JSON.stringify(value));
}
