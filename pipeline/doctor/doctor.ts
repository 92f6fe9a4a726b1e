import type { ExitCode } from "../run/report.js";
import { interrupted } from "../service/messages.js";
import type { ServiceOptions } from "../service/service.js";
import { machineFindings } from "./machine.js";
import type { Finding } from "./messages.js";
import { tokenFindings } from "./tokens.js";
import { serviceFindings } from "./service.js";

/** What doctor found, in the order in which one would look. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** Requests sent to the service: one, unless the settings are incomplete or there is no connection. */
  readonly requests: number;
  /** 1 when there is a problem; warnings don't count. */
  readonly exitCode: ExitCode;
}

/**
 * Checks everything a run needs: settings, endpoint, TLS, token and clock by one request to the service; the Pulumi CLI, its
 * backend and passphrase without any. Changes nothing.
 *
 * @throws ConnectorError `CANCELLED` when the signal aborts
 */
export async function doctor(options: ServiceOptions = {}): Promise<Diagnosis> {
  const { signal = new AbortController().signal } = options;
  let requests = 0;
  try {
    const environment = { ...process.env, ...options.env };
    const [ofService, ofMachine] = await Promise.all([
      serviceFindings({ ...options, signal }, () => requests++),
      machineFindings(environment, signal),
    ]);
    const findings = [...ofService, ...tokenFindings(environment), ...ofMachine];
    return { findings, requests, exitCode: findings.some(({ result }) => result === "problem") ? 1 : 0 };
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  }
}
