import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

export interface TerminalOptions {
  /** One JSON document on stdout, and nothing else there. */
  readonly json: boolean;
  readonly quiet: boolean;
  /** `false` takes colours away; without a terminal, with NO_COLOR or in a dumb one there are none anyway. */
  readonly color: boolean;
}

/** Where a command's words go: results to stdout, progress and complaints to stderr. */
export class Terminal {
  constructor(private readonly options: TerminalOptions) {}

  get json(): boolean {
    return this.options.json;
  }

  /** Whether somebody watches: live lines are drawn and questions asked only then. */
  get interactive(): boolean {
    return process.stderr.isTTY === true && process.stdin.isTTY === true && !process.env["CI"] && !this.options.json;
  }

  /** Whether progress may be redrawn in place. */
  get redraws(): boolean {
    return process.stderr.isTTY === true && !process.env["CI"] && !this.options.quiet;
  }

  /** A result. */
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** One line of progress. */
  say(text: string): void {
    if (!this.options.quiet) process.stderr.write(`${text}\n`);
  }

  /** What went wrong; said even when quiet. */
  complain(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** `text` in colour where the result's stream takes it. */
  style(style: Style, text: string): string {
    return this.options.color && !this.options.json ? styleText(style, text, { stream: process.stdout }) : text;
  }
}
