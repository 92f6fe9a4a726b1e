import type { Finding } from "./messages.js";
import type { ServiceOptions } from "../service/service.js";
import type { ExitCode } from "../run/report.js";
import { machineFindings } from "./machine.js";
import { serviceFindings } from "./service.js";
import { interrupted } from "../service/messages.js";

/** What doctor found, in the order in which one would look. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** Requests that the service was sent: one, unless the settings are incomplete or no connection came about. */
  readonly requests: number;
  /** 1 when there is a problem; warnings don't count. */
  readonly exitCode: ExitCode;
}

/**
 * Looks at all that a run needs: settings, endpoint, TLS, token and clock, by one request to the service; the Pulumi CLI, its
 * backend and passphrase, without asking them anything. Changes nothing.
 *
 * @throws ConnectorError `CANCELLED` when the signal aborts.
 */
export async function doctor(options: ServiceOptions = {}): Promise<Diagnosis> {
  const environment = options.environment ?? process.env;
  const signal = options.signal ?? new AbortController().signal;
  let requests = 0;
  try {
    const found = await Promise.all([
      serviceFindings({ ...options, environment, signal }, () => requests++),
      machineFindings(environment, signal),
    ]);
    const findings = found.flat();
    return { findings, requests, exitCode: findings.some(({ result }) => result === "problem") ? 1 : 0 };
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  }
}
