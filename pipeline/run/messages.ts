/** A command line or an option that is invalid. `next`: what to write instead. */
export function usage(problem: string, next: string): Error {
  return new Error(`This can't be done: ${problem}.\nNext: ${next}`);
}

/** The note of a run whose plan was not confirmed. */
export const cancelled = "Cancelled. Nothing was changed.";
