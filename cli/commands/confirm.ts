import { createInterface } from "node:readline/promises";
import type { Invocation } from "./command.js";

/** Shows what will happen, and returns whether the user agrees: by `--yes`, or by an answer in the terminal. */
export async function confirm(
  { flags, terminal, signal }: Pick<Invocation, "flags" | "terminal" | "signal">,
  plan: string,
  question: string,
): Promise<boolean> {
  if (flags["yes"] === true) {
    terminal.say(plan);
    return true;
  }
  if (!terminal.interactive) {
    terminal.say(plan);
    terminal.complain("There is no terminal to confirm in.\nNext: Run the same command with --yes to confirm.");
    return false;
  }
  terminal.complain(plan);
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `, signal)).trim());
}

/** The line that was typed; empty at the end of the input, and once the signal aborts. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const line = createInterface({ input: process.stdin, output: process.stderr });
  // In raw mode Ctrl-C is a character: send the signal that it is everywhere else.
  line.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  // A terminal that is closed meanwhile: the signal says so, too, and nobody is left to answer.
  line.on("error", () => line.close());
  process.stdin.on("error", () => undefined);
  try {
    return await new Promise<string>((resolve) => {
      line.once("close", () => resolve(""));
      line.question(question, { signal }).then(resolve, () => resolve(""));
    });
  } finally {
    line.close();
  }
}
