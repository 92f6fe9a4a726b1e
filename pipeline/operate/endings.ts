import type { ErrorCode } from "../../provider/errors/connector-error.js";
import { exitCodeOf, type ExitCode } from "../run/report.js";

/** The exit code that errors amount to: a connector that FAILED is unhealthy, an interruption is one, anything else an error. */
export function endedAs(errors: readonly { readonly code: ErrorCode }[], interrupted = false): ExitCode {
  const codes = new Set(errors.map(({ code }) => code));
  const unhealthy = codes.delete("CONNECTOR_FAILED");
  const cancelled = codes.delete("CANCELLED");
  return exitCodeOf({ interrupted: interrupted || cancelled, unhealthy, error: codes.size > 0 });
}
