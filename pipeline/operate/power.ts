import { setImmediate } from "node:timers/promises";
import type { Emit } from "../run/events.js";
import { cancelled } from "../run/messages.js";
import { globRefused, type PowerVerb } from "./messages.js";
import { notAwaited, wave as waveSentence, wavesInterrupted, wavesStopped } from "./notes.js";
import type { Plan, PlannedConnector } from "../run/plan.js";
import { reportOf, type ConnectorOutcome, type Report, exitCodeFor } from "../run/report.js";
import { Run } from "../run/run.js";
import { execute, executeUnawaited, type Carried, type ExecuteOptions } from "./execute.js";
import { isGlob, observeMatching } from "./matching.js";
import { powerPlanOf, type ManagedBy } from "./power-plan.js";
import { withService, type Service, type ServiceOptions } from "../service/service.js";
import { inWaves } from "../apply/waves.js";
import { interrupted } from "../service/messages.js";
import { openPolicy, type OpenPolicy, type PolicyOptions } from "../gate/gate.js";

/** What the commands have in common that change the power of connectors. With violations of the policy nothing is changed: exit code 3. */
export interface PowerOptions extends ServiceOptions, PolicyOptions {
  /** Limit for each connector, until it is where it is wanted. Default 10 minutes. */
  readonly timeoutMs?: number;
  /** The stack of `managed`, as the plan names it. */
  readonly stack?: string;
  /** What the stack declares, so that it can be said what its next `up` will undo. */
  readonly managed?: ManagedBy;
  /** Asked once the plan has passed the policy; resolves to whether to go on. Default: go on. */
  readonly confirm?: (plan: Plan) => Promise<boolean>;
}

export interface AwaitedOptions extends PowerOptions {
  /** `false`: sends the request, and doesn't wait until it has taken effect. Default `true`. */
  readonly wait?: boolean;
}

export interface RestartOptions extends PowerOptions {
  /** Only those that have FAILED. */
  readonly failed?: boolean;
  /** How many are restarted together. Default 5. */
  readonly wave?: number;
  /** So many that don't come up end the waves. Default 1. */
  readonly maxUnhealthy?: number;
}

/** Brings connectors (a name or a pattern) to RUNNING; one that has FAILED by way of STOPPED. */
export function start(connectors: string, options: AwaitedOptions = {}): Run<Report> {
  return change("start", connectors, { ...options });
}

/** Brings connectors (a name or a pattern) to STOPPED. */
export function stop(connectors: string, options: AwaitedOptions = {}): Run<Report> {
  return change("stop", connectors, { ...options });
}

/** Forces one connector into FAILED, whatever it is doing: the way out of a status that it is stuck in. */
export function fail(connector: string, options: AwaitedOptions = {}): Run<Report> {
  return change("fail", connector, { ...options });
}

/** Stops connectors (a name or a pattern) and starts them again, wave after wave. Those that are STOPPED stay so. */
export function restart(connectors: string, options: RestartOptions = {}): Run<Report> {
  return change("restart", connectors, { wave: 5, maxUnhealthy: 1, ...options });
}

const ends = { start: "RUNNING", restart: "RUNNING", stop: "STOPPED", fail: "FAILED" } as const;

type Options = AwaitedOptions & RestartOptions;

function change(verb: PowerVerb, pattern: string, options: Options): Run<Report> {
  return new Run(async (emit) => {
    if (verb === "fail" && isGlob(pattern)) throw globRefused(pattern);
    const policy = await openPolicy(options);
    return withService(options, (service) => changeAt(service, verb, pattern, options, policy, emit));
  });
}

/** Looks, plans, asks policy and people, acts, and reports. */
async function changeAt(
  service: Service,
  verb: PowerVerb,
  pattern: string,
  options: Options,
  policy: OpenPolicy,
  emit: Emit,
): Promise<Report> {
  const startedAt = Date.now();
  const { account, signal, requests } = service;
  const fleet = await observeMatching(service, pattern, verb);
  const { plan, notes, ...intention } = powerPlanOf(verb, fleet, options);
  const warnings = [...policy.warnings, ...intention.warnings];
  if (plan.connectors.length === 0) return reportOf(verb, startedAt, 0, { notes, warnings, requests });
  const parts = { plan, notes, warnings, requests };
  emit({ type: "plan", plan });
  const violations = policy.violations([plan], (await account.feed.all({ signal }))?.names.size ?? fleet.size);
  if (violations.length > 0) return reportOf(verb, startedAt, 3, { ...parts, violations });
  for (const text of warnings) emit({ type: "warning", text });
  // Whoever follows the events has shown them by then.
  await setImmediate();
  if (options.confirm && !(await options.confirm(plan)))
    return reportOf(verb, startedAt, signal.aborted ? 130 : 1, {
      ...parts,
      notes: [...notes, cancelled],
      cancelled: true,
    });
  if (signal.aborted) throw interrupted();
  const { carried, left, because } = await executeAll(service, verb, plan.connectors, options, emit);
  const notStarted = left.map(({ key, name, status }): ConnectorOutcome => {
    return { key, name, result: "notStarted", ...(status === undefined ? {} : { status }) };
  });
  const errors = carried.flatMap(({ error }) => (error ? [error] : []));
  const asked = options.wait === false ? carried.filter(({ error }) => !error) : [];
  const names = asked.map(({ outcome }) => outcome.name);
  return reportOf(verb, startedAt, exitCodeFor(errors, signal.aborted && left.length > 0), {
    ...parts,
    notes: names.length === 0 ? notes : [notAwaited(names, ends[verb]), ...notes],
    connectors: [...carried.map(({ outcome }) => outcome), ...notStarted],
    errors: because === undefined ? [] : [because],
  });
}

async function executeAll(
  { account, signal }: Service,
  verb: PowerVerb,
  planned: readonly PlannedConnector[],
  { wave = Infinity, maxUnhealthy = Infinity, wait = true, timeoutMs = 10 * 60_000 }: Options,
  emit: Emit,
): Promise<{ carried: readonly Carried[]; left: readonly PlannedConnector[]; because?: string }> {
  const limits = { settleMs: 10_000, stuckMs: 5 * 60_000 };
  const options: ExecuteOptions = { account, signal, emit, timeoutMs, limits };
  const namesOf = (connectors: readonly PlannedConnector[]) => connectors.map(({ name }) => name);
  const { results, left, unhealthy } = await inWaves(
    planned,
    (connectors) => Promise.all(connectors.map((each) => (wait ? execute : executeUnawaited)(verb, each, options))),
    {
      wave: Math.min(wave, planned.length),
      maxUnhealthy,
      stopped: () => signal.aborted,
      isHealthy: ({ error }) => error === undefined,
      onWave: ({ number, of, items }) => {
        if (of > 1) emit({ type: "phase", text: waveSentence(number, of, namesOf(items)) });
      },
    },
  );
  if (left.length === 0) return { carried: results, left };
  const because = signal.aborted ? wavesInterrupted(namesOf(left)) : wavesStopped(unhealthy, namesOf(left));
  return { carried: results, left, because };
}
