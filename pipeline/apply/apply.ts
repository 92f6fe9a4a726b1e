import { keyOf } from "../stack/urn.js";
import type { GateAgain } from "../gate/gate.js";
import type { EngineResult } from "../stack/engine-run.js";
import type { ResourceError } from "../stack/engine-events.js";
import { engineFailure } from "../stack/engine-failure.js";
import type { Plan, PlannedConnector } from "../run/plan.js";
import type { ConnectorOutcome, ExitCode, Result, Violation } from "../run/report.js";
import type { History, ReportParts, Session } from "../stack/session.js";
import { restartsAt } from "../run/timeline.js";
import type { EngineRunOptions } from "../stack/workspace.js";

/** A connector with one of these exists but is unhealthy; every other error is an error of the run. */
const unhealthyCodes: ReadonlySet<string> = new Set(["CONNECTOR_FAILED", "WAIT_TIMEOUT", "EDIT_ROLLED_BACK"]);

/**
 * Applies a plan that has passed every gate, and reports the result for each connector. The policy is asked again right before,
 * because people, locks and other stacks may have kept the run waiting.
 */
export async function applyPlan(
  { workspace, emit, history }: Session,
  plan: Plan,
  verb: "up" | "destroy",
  gateAgain: GateAgain,
  more: EngineRunOptions = {},
): Promise<ReportParts> {
  emit({ type: "phase", text: `${verb === "up" ? "Applying the plan to" : "Destroying"} ${workspace.name} …` });
  let violations: readonly Violation[] = [];
  const mayBegin = () => (violations = gateAgain(plan)).length === 0;
  const result = await workspace.run(verb, { refresh: true, ...more, mayBegin });
  if (result.calledOff) return violations.length > 0 ? { plan, violations, exitCode: 3 } : { plan };
  const failure = engineFailure(verb, workspace.name, result);
  if (failure) throw failure;
  const seen = await history();
  const connectors = outcomesOf(plan, result, seen);
  return { plan, connectors, ...textsOf(result), exitCode: exitCodeOf(result, seen.failures, plan) };
}

/** The result for each connector that the plan changes or that an error is about. */
export function outcomesOf(plan: Plan, result: EngineResult, { timelines, failures }: History): ConnectorOutcome[] {
  const named = new Map(plan.declared.map((each) => [each.key, each]));
  const keys = new Set([
    ...plan.connectors.map(({ key }) => key),
    ...result.errors.flatMap(({ key }) => (key === undefined ? [] : [key])),
  ]);
  const completed = completedKeys(result);
  return [...keys].sort().map((key) => {
    const planned = plan.connectors.find((each) => each.key === key);
    const id = planned ?? named.get(key) ?? { name: key };
    const { name } = id;
    const error = result.errors.find((each) => each.key === key)?.text;
    const failure = failures.of(id);
    const timeline = timelines.get(key) ?? [];
    const outcome: Result = error !== undefined ? "failed" : completed.has(key) ? "done" : "notStarted";
    const status = statusOf(outcome, planned, timeline.at(-1)?.status);
    return {
      key,
      name,
      result: failure?.code === "EDIT_ROLLED_BACK" ? "rolledBack" : outcome,
      ...(status === undefined ? {} : { status }),
      ...(error === undefined ? {} : { error, ...(failure ? { failure } : {}) }),
      restarts: restartsAt(timeline).length,
      timeline,
    };
  });
}

function statusOf(
  outcome: Result,
  planned: PlannedConnector | undefined,
  last: string | undefined,
): string | undefined {
  if (outcome === "done") return planned?.becomes ?? last;
  return last ?? planned?.status;
}

/** Keys of the connectors whose step succeeded. */
function completedKeys({ events }: EngineResult): ReadonlySet<string> {
  const keys = events.flatMap(({ resOutputsEvent: after }) =>
    after && !after.planning && after.metadata.op !== "refresh" ? [keyOf(after.metadata.urn)] : [],
  );
  return new Set(keys);
}

function textsOf({ errors, warnings, notes }: EngineResult) {
  const once = (all: readonly ResourceError[]) => [...new Set(all.map(({ text }) => text))];
  return { notes: once(notes), warnings: once(warnings), errors: once(errors) };
}

function exitCodeOf(result: EngineResult, failures: History["failures"], plan: Plan): ExitCode {
  if (result.interrupted) return 130;
  const named = new Map([...plan.declared, ...plan.connectors].map((each) => [each.key, each]));
  const failed = result.errors.filter(({ key }) => key !== undefined);
  const unhealthy = failed.filter(({ key = "" }) =>
    unhealthyCodes.has(failures.of(named.get(key) ?? { name: key })?.code ?? ""),
  );
  if (!result.ok && (failed.length === 0 || unhealthy.length < failed.length)) return 1;
  return unhealthy.length > 0 ? 4 : 0;
}
