import { redact } from "../../provider/errors/redact.js";

/** The text of whatever was thrown, fit to be shown. */
export function printable(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}
