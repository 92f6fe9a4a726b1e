import type { Violation } from "../run/report.js";

export const noRotation = "No credential differs from the one that was pushed last: nothing to rotate.";

/** @param pending a clause each, which begins with the connector's key */
export function notARotation(pending: readonly string[]): Violation {
  return {
    rule: "rotate.only",
    text: `A rotation changes credentials only, and other changes are pending: ${pending.join("; ")}.\nNext: Apply them with up first, or leave those connectors out with --exclude.`,
    connectors: pending.map((text) => text.split(" ")[0] ?? text),
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
