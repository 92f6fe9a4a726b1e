import { isConnectorError, type ErrorCode, type Facts } from "../../provider/errors/connector-error.js";
import type { Plan } from "./plan.js";

/** How a command ended. If several apply, the worst: 130, 1, 4, 3, 2, 0. The meanings are in {@link exitCodes}. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

const worstFirst: readonly ExitCode[] = [130, 1, 4, 3, 2, 0];

/** The worst exit code of several reports; 0 if there are none. */
export function combinedExitCode(reports: readonly { readonly exitCode?: ExitCode }[]): ExitCode {
  return worstFirst.find((code) => reports.some(({ exitCode }) => exitCode === code)) ?? 0;
}

/** One status that a connector was observed in. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly status: string;
  /** A changed configuration was sent, and the restart that applies it has not been seen yet. */
  readonly restartAwaited?: boolean;
}

/** An error as data, beside its sentence. */
export interface Failure {
  /** E.g. `WAIT_TIMEOUT`. */
  readonly code: string;
  readonly facts: Facts;
}

/** The part of a report that holds an error's data; empty for a defect. */
export function failureIn(error: unknown): { readonly failure?: Failure } {
  return isConnectorError(error) ? { failure: { code: error.code, facts: error.facts } } : {};
}

/** What became of one connector. */
export interface ConnectorOutcome {
  /** The resource's name in the program or manifest. */
  readonly key: string;
  /** The connector's name at the service. */
  readonly name: string;
  readonly result: Result;
  /** The service's word at the end, or `absent`. */
  readonly status?: string;
  /** The whole sentence, if the operation failed. */
  readonly error?: string;
  /** The same as data. */
  readonly failure?: Failure;
  /** How often it went down and came up again. */
  readonly restarts?: number;
  /** Statuses over time. */
  readonly timeline?: readonly Moment[];
}

/** `notStarted`: the run ended before it came to this connector. */
export type Result = "done" | "failed" | "rolledBack" | "notStarted";

/** One difference between a connector and state. */
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

/** The result of a command: `--json` prints it, `--report` renders it. Never contains a secret. */
export interface Report {
  /** E.g. `up`. */
  readonly command: string;
  readonly stack?: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly exitCode: ExitCode;
  readonly plan?: Plan;
  readonly violations: readonly Violation[];
  /** Differences from the approved plan, one clause each. */
  readonly differences: readonly string[];
  readonly connectors: readonly ConnectorOutcome[];
  readonly drift?: readonly Drift[];
  /** Number of requests that were sent to the service, by kind. */
  readonly requests: Readonly<Record<string, number>>;
  /** E.g. what a destroy leaves at the service. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** The error that ended the command, as data. */
  readonly failure?: Failure;
  /** The plan was not confirmed, so nothing was changed. */
  readonly cancelled?: true;
}

type Parts = Partial<Omit<Report, "command" | "exitCode" | "startedAt" | "durationMs">>;

/** A report with empty lists for what is not given. */
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

/** The exit code that errors amount to: a connector that FAILED is unhealthy, a cancelled operation is an interruption. */
export function exitCodeFor(errors: readonly { readonly code: ErrorCode }[], interrupted = false): ExitCode {
  const codes = errors.map(({ code }): { exitCode: ExitCode } => ({ exitCode: exitCodeByError[code] ?? 1 }));
  return combinedExitCode(interrupted ? [...codes, { exitCode: 130 }] : codes);
}

const exitCodeByError: Partial<Record<ErrorCode, ExitCode>> = { CONNECTOR_FAILED: 4, CANCELLED: 130 };
