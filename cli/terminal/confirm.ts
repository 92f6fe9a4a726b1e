import { createInterface } from "node:readline/promises";
import type { Terminal } from "./terminal.js";

export interface Question {
  /** What will happen, shown above the question. */
  readonly plan: string;
  /** E.g. `Restart 3 connectors?` */
  readonly question: string;
  /** Whether `--yes` was given. */
  readonly yes: boolean;
  /** Ends the question. */
  readonly signal: AbortSignal;
}

/**
 * Shows what will happen, and returns once somebody has agreed to it: by `--yes`, or by an answer in the terminal.
 *
 * @throws Error when nobody can be asked, when the answer is no, and when the signal aborts.
 */
export async function confirm(terminal: Terminal, { plan, question, yes, signal }: Question): Promise<void> {
  if (yes) {
    terminal.say(plan);
    return;
  }
  if (!terminal.interactive) {
    terminal.say(plan);
    throw new Error(
      "Nothing was changed: there is no terminal to ask in.\nNext: Run it again with --yes, if that is what you want.",
    );
  }
  terminal.complain(plan);
  const answer = await ask(`${question} [y/N] `, signal);
  if (signal.aborted) throw new Error("Interrupted; nothing was changed.");
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error("Nothing was changed: the answer was no.");
}

/** The line that was typed; empty at the end of the input, and once the signal aborts. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const line = createInterface({ input: process.stdin, output: process.stderr });
  // In raw mode Ctrl-C is a character: here it becomes the signal again that it is everywhere else.
  line.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await new Promise<string>((resolve) => {
      line.once("close", () => resolve(""));
      line.question(question, { signal }).then(resolve, () => resolve(""));
    });
  } finally {
    line.close();
  }
}
