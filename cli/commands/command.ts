import type { Command } from "commander";
import type { ExitCode, PipelineEvent, Run } from "../../pipeline/index.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Flags } from "./flags.js";

/** A row of the table of commands. */
export interface CommandRow {
  readonly verb: string;
  /** Its line in --help. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** One command: which flags it takes, and what it does with them. */
export interface CommandModule {
  /** Operands, as commander writes them: `<name>`, `[glob]`. */
  readonly operands?: string;
  /** One example, shown at the end of its help. */
  readonly example: string;
  /** Adds the command's own flags. */
  define?(command: Command): Command;
  run(invocation: Invocation): Promise<CommandResult>;
}

export interface Invocation {
  readonly operands: readonly string[];
  readonly flags: Flags;
  readonly terminal: Terminal;
  /** Aborts on SIGINT, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** Shows what a run does while it does it, and returns its result. Default: live lines. */
  readonly follow: <T>(run: Run<T>, show?: (event: PipelineEvent) => void) => Promise<T>;
}

export interface CommandResult {
  readonly exitCode: ExitCode;
  /** What `--json` prints, as one document; `undefined`: the command has printed it. */
  readonly document: unknown;
  /** What people read, on stdout. */
  readonly text: string;
}
