import type { EngineResult } from "../stack/engine-run.js";
import { engineFailure } from "../stack/engine-failure.js";
import type { Plan, PlannedConnector } from "../run/plan.js";
import type { ConnectorOutcome } from "../run/report.js";
import type { Ended, History, Session } from "../stack/session.js";
import { restartsAt } from "../run/timeline.js";
import type { EngineRunOptions } from "../stack/workspace.js";

/** With these a connector is there and not well; every other error is one of the run. */
const unhealthy: ReadonlySet<string> = new Set(["CONNECTOR_FAILED", "WAIT_TIMEOUT", "EDIT_ROLLED_BACK"]);

/** Applies a plan that has passed every gate, and tells what became of each connector. */
export async function applyPlan(
  { workspace, emit, history }: Session,
  plan: Plan,
  verb: "up" | "destroy",
  more: EngineRunOptions = {},
): Promise<Ended> {
  emit({ type: "phase", text: `${verb === "up" ? "Applying it to" : "Taking down"} ${workspace.name} …` });
  const result = await workspace.run(verb, { refresh: true, ...more });
  if (result.calledOff) return { plan, ended: {} };
  const failure = engineFailure(verb, workspace.name, result);
  if (failure) throw failure;
  const seen = await history();
  const connectors = outcomesOf(plan, result, seen);
  return { plan, connectors, ...textsOf(result), ended: endOf(result, seen.codes, plan) };
}

/** What became of each connector that something was to happen to, or that an error is about. */
export function outcomesOf(plan: Plan, result: EngineResult, { timelines, codes }: History): ConnectorOutcome[] {
  const named = new Map(plan.declared.map(({ key, name }) => [key, name]));
  const keys = new Set([
    ...plan.connectors.map(({ key }) => key),
    ...result.errors.flatMap(({ key }) => (key === undefined ? [] : [key])),
  ]);
  const ended = endings(result);
  return [...keys].sort().map((key) => {
    const planned = plan.connectors.find((each) => each.key === key);
    const name = planned?.name ?? named.get(key) ?? key;
    const error = result.errors.find((each) => each.key === key)?.text;
    const timeline = timelines.get(key) ?? [];
    const outcome = error !== undefined ? "failed" : ended.has(key) ? "done" : "untouched";
    const status = statusOf(outcome, planned, timeline.at(-1)?.status);
    return {
      key,
      name,
      result: codes.get(name) === "EDIT_ROLLED_BACK" ? "rolledBack" : outcome,
      ...(status === undefined ? {} : { status }),
      ...(error === undefined ? {} : { error }),
      restarts: restartsAt(timeline).length,
      timeline,
    };
  });
}

function statusOf(
  outcome: "done" | "failed" | "untouched",
  planned: PlannedConnector | undefined,
  last: string | undefined,
): string | undefined {
  if (outcome === "done") return planned?.becomes ?? last;
  return last ?? planned?.status;
}

/** Keys of the connectors whose steps came to a good end. */
function endings({ events }: EngineResult): ReadonlySet<string> {
  const keys = events.flatMap(({ resOutputsEvent: after }) =>
    after && !after.planning && after.metadata.op !== "refresh"
      ? [after.metadata.urn.split("::").slice(3).join("::")]
      : [],
  );
  return new Set(keys);
}

/** Notes of what went well but must be known are warnings of the engine that begin with the connector. */
function textsOf({ errors, warnings }: EngineResult) {
  const texts = [...new Set(warnings.map(({ text }) => text))];
  const isNote = (text: string) => text.startsWith('Connector "');
  return {
    notes: texts.filter(isNote),
    warnings: texts.filter((text) => !isNote(text)),
    errors: [...new Set(errors.map(({ text }) => text))],
  };
}

function endOf(result: EngineResult, codes: History["codes"], plan: Plan): Ended["ended"] {
  const named = new Map([...plan.declared, ...plan.connectors].map(({ key, name }) => [key, name]));
  const failed = result.errors.filter(({ key }) => key !== undefined);
  const ill = failed.filter(({ key = "" }) => unhealthy.has(codes.get(named.get(key) ?? key) ?? ""));
  return {
    interrupted: result.interrupted,
    error: !result.ok && (failed.length === 0 || ill.length < failed.length),
    unhealthy: ill.length > 0,
  };
}
