import { redact } from "../../provider/errors/redact.js";

/** The message of anything thrown, redacted. */
export function printable(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}
