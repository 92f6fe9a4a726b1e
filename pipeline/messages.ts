import { listed } from "./run/messages.js";
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

/** @param unfinished keys of the connectors that the run was creating */
export function unlocked(stack: string, unfinished: readonly string[]): string {
  const up = `pulumi-dataspace up --stack ${stack}`;
  if (unfinished.length === 0)
    return `The lock was removed. Next: Run ${up}, which continues what the interrupted run left.`;
  const [they, are] = unfinished.length === 1 ? ["it", "is"] : ["they", "are"];
  const them = they === "it" ? "it" : "them";
  const only = unfinished.map((key) => `--only ${word(key)}`).join(" ");
  return `The lock was removed. The interrupted run was creating ${listed(unfinished)}: ${they} ${are} not in state, but may be at the service, where up alone doesn't touch ${them}. Next: Run pulumi-dataspace list; if it shows ${them} and ${they} ${are} yours, run DATASPACE_ON_EXISTING=adopt ${up} ${only}, which takes over what is there and creates what isn't; otherwise run ${up}.`;
}

/** A key as a shell takes it. */
function word(key: string): string {
  return /^[\w.:-]+$/.test(key) ? key : `'${key.replaceAll("'", `'\\''`)}'`;
}
