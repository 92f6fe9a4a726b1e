import { ConnectorError } from "../../../provider/errors/connector-error.js";
import { redact } from "../../../provider/errors/redact.js";

/** An approval that can't be used. `reason` completes `Could not use the approval approved.json: it …`. */
export function approvalUnusable(file: string, reason: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not use the approval ${file}: ${reason}.`,
    next: `Run pulumi-dataspace preview --approve-out ${file} again, and have its result approved.`,
  });
}

/** What is about to happen isn't what was approved. */
export function notApproved(file: string, differences: readonly string[]): string {
  return [
    `What would happen now is not what was approved in ${file}; nothing was changed.`,
    ...differences.map((difference) => `  ${redact(difference)}`),
    `Next: Run pulumi-dataspace preview --approve-out ${file} again, and have its result approved.`,
  ].join("\n");
}
