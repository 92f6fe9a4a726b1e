import { homedir } from "node:os";
import { isAbsolute } from "node:path";

/**
 * The user's own folder; `undefined` where there is none: `HOME` is empty or relative, or not set for a user that the machine
 * doesn't know (a container that runs as any number). Never a place below the working folder.
 */
export function homeFolder(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}
