import { setImmediate } from "node:timers/promises";
import { inWaves } from "../apply/waves.js";
import { openPolicy, type OpenPolicy, type PolicyOptions } from "../gate/gate.js";
import type { Emit } from "../run/events.js";
import { cancelled } from "../run/messages.js";
import type { Plan, PlannedConnector } from "../run/plan.js";
import {
  combinedExitCode,
  exitCodeFor,
  reportOf,
  type ConnectorOutcome,
  type Report,
  type Violation,
} from "../run/report.js";
import { Run } from "../run/run.js";
import { interrupted } from "../service/messages.js";
import { withService, type Service, type ServiceOptions } from "../service/service.js";
import { execute, executeUnawaited, type Executed, type ExecuteOptions } from "./execute.js";
import { isGlob, observeMatching } from "./matching.js";
import { globRefused, targetStatus, type PowerVerb } from "./messages.js";
import { notAwaited, wave as waveSentence, wavesInterrupted, wavesStopped } from "./notes.js";
import { powerPlanOf, type PowerPlanOptions } from "./power-plan.js";

/** What all commands that change power take. When the policy refuses, nothing is changed and the exit code is 3. */
export interface PowerOptions extends ServiceOptions, PolicyOptions, Pick<PowerPlanOptions, "stack" | "managed"> {
  /** Limit for each connector to reach the status, in milliseconds. @default 600000 */
  readonly timeoutMs?: number;
  /** Called once the plan has passed the policy; resolves to whether to continue. Default: continue. */
  readonly confirm?: (plan: Plan) => Promise<boolean>;
}

export interface AwaitedOptions extends PowerOptions {
  /** `false`: sends the request and doesn't wait for its effect. @default true */
  readonly wait?: boolean;
}

export interface RestartOptions extends PowerOptions, Pick<PowerPlanOptions, "failed"> {
  /** How many are restarted at a time. @default 5 */
  readonly wave?: number;
  /** No further wave starts after this many failures. @default 1 */
  readonly maxUnhealthy?: number;
}

export const defaultTimeoutMs = 10 * 60_000;

/** Brings connectors (a name or glob) to RUNNING. One that has FAILED is stopped first. */
export function start(connectors: string, options: AwaitedOptions = {}): Run<Report> {
  return change("start", connectors, options);
}

/** Brings connectors (a name or glob) to STOPPED. */
export function stop(connectors: string, options: AwaitedOptions = {}): Run<Report> {
  return change("stop", connectors, options);
}

/** Forces one connector into FAILED, whatever it is doing. For a connector that is stuck. */
export function fail(connector: string, options: AwaitedOptions = {}): Run<Report> {
  return change("fail", connector, options);
}

/** Stops connectors (a name or glob) and starts them again, wave by wave. Skips those that are STOPPED. */
export function restart(connectors: string, options: RestartOptions = {}): Run<Report> {
  return change("restart", connectors, { wave: 5, maxUnhealthy: 1, ...options });
}

type Options = AwaitedOptions & RestartOptions;

function change(verb: PowerVerb, selector: string, options: Options): Run<Report> {
  return new Run(async (emit) => {
    const glob = isGlob(selector);
    if (verb === "fail" && glob) throw globRefused(selector);
    const policy = await openPolicy(options);
    return withService(options, { verb, ...(glob ? {} : { name: selector }) }, (service) =>
      changeAt(service, verb, selector, options, policy, emit),
    );
  });
}

/** Observes, plans, asks the policy and the user, executes, and reports. */
async function changeAt(
  service: Service,
  verb: PowerVerb,
  selector: string,
  options: Options,
  policy: OpenPolicy,
  emit: Emit,
): Promise<Report> {
  const startedAt = Date.now();
  const { account, signal, requests } = service;
  const observed = await observeMatching(service, selector, verb);
  const { plan, notes, ...planned } = powerPlanOf(verb, observed, options);
  const warnings = [...policy.warnings, ...planned.warnings];
  if (plan.connectors.length === 0) return reportOf(verb, startedAt, 0, { notes, warnings, requests });
  const parts = { plan, notes, warnings, requests };
  emit({ type: "plan", plan });
  const size = (await account.feed.all({ signal }))?.names.size ?? observed.size;
  const gate = (connectors: Plan["connectors"]) => policy.violations([{ ...plan, connectors }], size);
  const violations = gate(plan.connectors);
  if (violations.length > 0) return reportOf(verb, startedAt, 3, { ...parts, violations });
  for (const text of warnings) emit({ type: "warning", text });
  // Lets whoever follows the events show them first.
  await setImmediate();
  if (options.confirm && !(await options.confirm(plan)))
    return reportOf(verb, startedAt, signal.aborted ? 130 : 1, {
      ...parts,
      notes: [...notes, cancelled],
      cancelled: true,
    });
  if (signal.aborted) throw interrupted();
  const { executed, left, stopped, refused } = await executeAll(service, verb, plan.connectors, options, gate, emit);
  const notStarted = left.map(({ key, name, status }): ConnectorOutcome => {
    return { key, name, result: "notStarted", ...(status === undefined ? {} : { status }) };
  });
  const errors = executed.flatMap(({ error }) => (error ? [error] : []));
  const sent = options.wait === false ? executed.filter(({ error }) => !error) : [];
  const names = sent.map(({ outcome }) => outcome.name);
  const exitCode = exitCodeFor(errors, signal.aborted && left.length > 0);
  return reportOf(verb, startedAt, combinedExitCode([{ exitCode }, { exitCode: refused.length > 0 ? 3 : 0 }]), {
    ...parts,
    violations: refused,
    notes: names.length === 0 ? notes : [notAwaited(names, targetStatus[verb]), ...notes],
    connectors: [...executed.map(({ outcome }) => outcome), ...notStarted],
    errors: stopped === undefined ? [] : [stopped],
  });
}

interface Ended {
  readonly executed: readonly Executed[];
  readonly left: readonly PlannedConnector[];
  /** Why there was no further wave, unless the policy refused it. */
  readonly stopped?: string;
  readonly refused: readonly Violation[];
}

async function executeAll(
  { account, signal }: Service,
  verb: PowerVerb,
  planned: readonly PlannedConnector[],
  { wave = Infinity, maxUnhealthy = Infinity, wait = true, timeoutMs = defaultTimeoutMs }: Options,
  gate: (left: readonly PlannedConnector[]) => readonly Violation[],
  emit: Emit,
): Promise<Ended> {
  let refused: readonly Violation[] = [];
  const limits = { settleMs: 10_000, stuckMs: 5 * 60_000 };
  const options: ExecuteOptions = { account, signal, emit, timeoutMs, limits };
  const namesOf = (connectors: readonly PlannedConnector[]) => connectors.map(({ name }) => name);
  const { results, left, unhealthy } = await inWaves(
    planned,
    (connectors) => Promise.all(connectors.map((each) => (wait ? execute : executeUnawaited)(verb, each, options))),
    {
      wave: Math.min(wave, planned.length),
      maxUnhealthy,
      // The question and the waves before may have lasted beyond the policy's window.
      stopped: (rest) => signal.aborted || (refused = gate(rest)).length > 0,
      isHealthy: ({ error }) => error === undefined,
      onWave: ({ number, of, items }) => {
        if (of > 1) emit({ type: "phase", text: waveSentence(number, of, namesOf(items)) });
      },
    },
  );
  if (left.length === 0 || refused.length > 0) return { executed: results, left, refused };
  const names = namesOf(left);
  const stopped = signal.aborted ? wavesInterrupted(names) : wavesStopped(unhealthy, names);
  return { executed: results, left, stopped, refused };
}
