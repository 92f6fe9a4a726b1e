import type { Violation } from "./run/report.js";

export const noRotation = "No credential differs from what was pushed last: there is nothing to rotate.";

export function notARotation(pending: readonly string[]): Violation {
  return {
    rule: "rotate.only",
    text: `Other changes are pending, and a rotation doesn't make them: ${pending.join("; ")}.\nNext: Run up for them first, or leave those connectors out with --exclude.`,
    connectors: pending.map((text) => text.split(" ")[0] ?? text),
  };
}

/** Fields by connector that have no value to go back to. */
export function missingPrevious(
  lacking: readonly { readonly key: string; readonly fields: readonly string[] }[],
): Violation {
  const list = lacking.map(({ key, fields }) => `${key} (${fields.join(", ")})`).join("; ");
  return {
    rule: "rotate.previous",
    text: `There is no way back for ${list}: the reference has no "previous". Nothing was pushed.\nNext: Add previous to those references, or run rotate with --no-rollback.`,
    connectors: lacking.map(({ key }) => key),
  };
}

export function waveBegins(wave: number, of: number, members: readonly string[]): string {
  return `Wave ${wave} of ${of}: ${members.join(", ")}`;
}

export function stoppedWaves(untouched: number): string {
  return `The waves were stopped: ${untouched} connector${untouched === 1 ? " was" : "s were"} not touched. Once that is resolved, run rotate again: it goes on with what is left.`;
}

/** Connectors that a destroy may not touch. */
export function protectedFromDestroy(keys: readonly string[]): Violation {
  const names = keys.map((key) => `"${key}"`).join(", ");
  return {
    rule: "protect",
    text: `${names} ${keys.length === 1 ? "is" : "are"} protected, and nothing was touched.\nNext: Set protect to false and run up, then destroy again; or leave ${keys.length === 1 ? "it" : "them"} out with --exclude.`,
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
  return `The lock is gone. Next: Run pulumi-dataspace up --stack ${stack}, which takes up what the dead run has left.`;
}
