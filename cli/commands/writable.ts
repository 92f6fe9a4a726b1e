import { outputFileProblem } from "../../pipeline/index.js";

/** Why the file that a flag names can't be written, as a sentence; `undefined`: it can. Ask before anything is done. */
export function writableProblem(flag: string, file: string): string | undefined {
  const problem = outputFileProblem(file);
  return problem === undefined ? undefined : unwritable(flag, file, problem);
}

export function unwritable(flag: string, file: string, observed: string): string {
  return `Could not write ${file}: ${observed}.\nNext: Give ${flag} a file in a writable folder.`;
}
