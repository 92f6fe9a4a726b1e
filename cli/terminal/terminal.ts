import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

export interface TerminalOptions {
  /** One JSON document on stdout, and nothing else there. */
  readonly json: boolean;
  readonly quiet: boolean;
  /** `false`: no colors. There are none without a terminal, with NO_COLOR, and in a dumb terminal. */
  readonly color: boolean;
}

/** Where a command writes: results to stdout, progress and errors to stderr. */
export class Terminal {
  constructor(private readonly options: TerminalOptions) {}

  get json(): boolean {
    return this.options.json;
  }

  /** Whether a user is at the terminal, who can be asked. */
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

  /** An error; printed even with --quiet. */
  complain(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** `text` in color where stdout supports it. */
  style(style: Style, text: string): string {
    return this.options.color && !this.options.json ? styleText(style, text, { stream: process.stdout }) : text;
  }
}
