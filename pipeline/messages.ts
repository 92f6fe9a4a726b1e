import type { Violation } from "./run/report.js";

/** Connectors that a destroy may not delete. */
export function protectedFromDestroy(keys: readonly string[]): Violation {
  const names = keys.map((key) => `"${key}"`).join(", ");
  const [are, them] = keys.length === 1 ? ["is", "it"] : ["are", "them"];
  return {
    rule: "protect",
    text: `${names} ${are} protected; nothing was changed.\nNext: Set protect to false and run up, then destroy again; or leave ${them} out with --exclude.`,
    connectors: keys,
  };
}

export function noLock(stack: string): string {
  return `Stack "${stack}" is not locked.`;
}

export function lockedBy(stack: string, holder: string): string {
  return `Stack "${stack}" is locked by ${holder}.`;
}

export function unlocked(stack: string): string {
  return `The lock was removed. Next: Run pulumi-dataspace up --stack ${stack}, which continues what the interrupted run left.`;
}
