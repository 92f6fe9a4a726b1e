/** A command line that can't be run: what is wrong with it, and what to write instead. */
export function usage(problem: string, next: string): Error {
  return new Error(`This can't be done: ${problem}.\nNext: ${next}`);
}
