import { ConnectorError } from "../../../provider/errors/connector-error.js";

/** @param reason completes `Could not use the approval approved.json: it …` */
export function approvalUnusable(file: string, reason: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not use the approval ${file}: ${reason}.`,
    next: `Run pulumi-dataspace preview --approve-out ${file} again, and have the new plan approved.`,
  });
}
