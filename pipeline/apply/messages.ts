import type { Violation } from "../run/report.js";

/** A change that a rotation doesn't apply. */
export interface PendingChange {
  /** The connector's key; absent when another resource changes. */
  readonly key?: string;
  /** One clause. */
  readonly text: string;
}

export const noRotation = "No credential differs from the one that was pushed last: nothing to rotate.";

export function notARotation(pending: readonly PendingChange[]): Violation {
  return {
    rule: "rotate.only",
    text: `A rotation changes credentials only, and other changes are pending: ${pending.map(({ text }) => text).join("; ")}.\nNext: Apply them with up first, or leave those connectors out with --exclude.`,
    connectors: pending.flatMap(({ key }) => key ?? []),
  };
}

/** @param lacking fields without a `previous` value, by connector */
export function missingPrevious(
  lacking: readonly { readonly key: string; readonly fields: readonly string[] }[],
): Violation {
  const list = lacking.map(({ key, fields }) => `${key} (${fields.join(", ")})`).join("; ");
  return {
    rule: "rotate.previous",
    text: `No "previous" value to roll back to for ${list}. Nothing was changed.\nNext: Add previous to those references, or run rotate with --no-rollback.`,
    connectors: lacking.map(({ key }) => key),
  };
}

export function waveBegins(wave: number, of: number, members: readonly string[]): string {
  return `Wave ${wave} of ${of}: ${members.join(", ")}`;
}

export function stoppedWaves(left: number): string {
  return `The rotation stopped: ${left} ${left === 1 ? "connector keeps its" : "connectors keep their"} old credentials. Once that is resolved, run rotate again: it continues with those.`;
}
