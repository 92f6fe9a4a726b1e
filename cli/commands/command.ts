import type { Command } from "commander";
import type { ExitCode, PipelineEvent, Run } from "../../pipeline/index.js";
import type { Terminal } from "../terminal/terminal.js";

/** One command: which flags it takes, and what it does with them. */
export interface CommandModule {
  /** Operands, as commander writes them: `<name>`, `[glob]`. */
  readonly operands?: string;
  /** One example, shown at the end of its help. */
  readonly example: string;
  /** `own`: the command prints for itself and takes none of the common flags. */
  readonly output?: "own";
  /** Adds the command's own flags. */
  define(command: Command): void;
  run(invocation: Invocation): Promise<CommandResult>;
}

export interface Invocation {
  readonly operands: readonly string[];
  /** Flags by their camel-cased names. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly terminal: Terminal;
  /** Aborts on SIGINT, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** Shows what a run does while it does it, by live lines unless told otherwise, and gives its result. */
  readonly follow: <T>(run: Run<T>, show?: (event: PipelineEvent) => void) => Promise<T>;
}

export interface CommandResult {
  readonly exitCode: ExitCode;
  /** What `--json` prints, as one document. */
  readonly document: unknown;
  /** What people read, on stdout. */
  readonly text: string;
}
