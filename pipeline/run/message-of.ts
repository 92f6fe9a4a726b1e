import { redact } from "../../provider/errors/redact.js";

/** The text of whatever was thrown, fit to be shown. */
export function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

/** A command line that can't be carried out: what is wrong with it, and what to write instead. */
export function usage(problem: string, next: string): Error {
  return new Error(`This can't be done: ${problem}.\nNext: ${next}`);
}
