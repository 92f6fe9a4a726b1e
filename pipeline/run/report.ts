import type { ErrorCode } from "../../provider/errors/connector-error.js";
import type { Plan } from "./plan.js";

/**
 * How a command ended. The first that applies of: 130 interrupted, 1 error, 4 ended unhealthy or rolled back, 3 refused by
 * policy, 2 changes or drift found, 0.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** One status that a connector was seen in. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly status: string;
  readonly restartAwaited?: boolean;
}

/** What became of one connector. */
export interface ConnectorOutcome {
  readonly key: string;
  readonly name: string;
  readonly result: "done" | "failed" | "rolledBack" | "untouched";
  /** The service's word at the end, or `absent`. */
  readonly status?: string;
  /** The whole sentence, where it didn't go well. */
  readonly error?: string;
  readonly restarts?: number;
  /** Statuses over time. */
  readonly timeline?: readonly Moment[];
}

/** One connector that isn't as state says. */
export interface Drift {
  readonly key?: string;
  readonly name: string;
  readonly kind: "power" | "fields" | "removed" | "unmanaged";
  /** One clause, e.g. `STOPPED, declared RUNNING`. */
  readonly text: string;
}

/** A rule of the policy that a plan violates. */
export interface Violation {
  /** E.g. `limits.restarts`. */
  readonly rule: string;
  /** The whole sentence. */
  readonly text: string;
  /** Keys of the connectors concerned. */
  readonly connectors: readonly string[];
}

/** Everything a command has to say: `--json` prints it, `--report` renders it. Never holds a secret. */
export interface Report {
  readonly command: string;
  readonly stack?: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly exitCode: ExitCode;
  readonly plan?: Plan;
  readonly violations: readonly Violation[];
  /** What differs from what was approved, a clause each. */
  readonly differences: readonly string[];
  readonly connectors: readonly ConnectorOutcome[];
  readonly drift?: readonly Drift[];
  /** Requests that the service was sent, by kind. */
  readonly requests: Readonly<Record<string, number>>;
  /** Notes, e.g. what a destroy leaves behind. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

type Parts = Partial<Omit<Report, "command" | "exitCode" | "startedAt" | "durationMs">>;

/** A report with empty lists for what isn't given. */
export function reportOf(command: string, startedAtMs: number, exitCode: ExitCode, parts: Parts = {}): Report {
  return {
    command,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: Date.now() - startedAtMs,
    exitCode,
    violations: [],
    differences: [],
    connectors: [],
    requests: {},
    notes: [],
    warnings: [],
    errors: [],
    ...parts,
  };
}

/** The first that applies; see {@link ExitCode}. */
export function exitCodeOf(ended: {
  readonly interrupted?: boolean;
  readonly error?: boolean;
  readonly unhealthy?: boolean;
  readonly refused?: boolean;
  readonly changes?: boolean;
}): ExitCode {
  if (ended.interrupted) return 130;
  if (ended.error) return 1;
  if (ended.unhealthy) return 4;
  if (ended.refused) return 3;
  return ended.changes ? 2 : 0;
}

/** The exit code that errors amount to: a connector that FAILED is unhealthy, an interruption is one, anything else an error. */
export function exitCodeFor(errors: readonly { readonly code: ErrorCode }[], interrupted = false): ExitCode {
  const codes = new Set(errors.map(({ code }) => code));
  const unhealthy = codes.delete("CONNECTOR_FAILED");
  const cancelled = codes.delete("CANCELLED");
  return exitCodeOf({ interrupted: interrupted || cancelled, unhealthy, error: codes.size > 0 });
}
