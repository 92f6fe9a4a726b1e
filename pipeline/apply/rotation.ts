import type { CheckedCredentials, ConnectorFacts } from "../run/journal.js";
import type { Plan, PlannedConnector } from "../run/plan.js";
import { combinedExitCode, type ConnectorOutcome } from "../run/report.js";
import type { ReportParts } from "../stack/session.js";
import { stoppedWaves, type PendingChange } from "./messages.js";

/** The part of a plan that is a rotation of credentials, and the rest. */
export interface Rotation {
  /** Keys of the connectors whose only change is their credentials. */
  readonly keys: readonly string[];
  /** Everything else in the plan. */
  readonly pending: readonly PendingChange[];
}

export function rotationOf(plan: Plan): Rotation {
  const isRotation = ({ fields, effects, status, becomes }: PlannedConnector) =>
    fields.every(({ credential }) => credential) &&
    // A wave that was interrupted leaves a connector that only has to come up.
    (fields.length > 0 || effects.includes("resume") || status !== becomes) &&
    effects.every((effect) => effect === "edit" || effect === "restart" || effect === "resume");
  return {
    keys: plan.connectors.filter(isRotation).map(({ key }) => key),
    pending: [
      ...plan.connectors.filter((each) => !isRotation(each)).map(pendingOf),
      ...plan.others.map((text) => ({ text })),
    ],
  };
}

function pendingOf({ key, effects, fields }: PlannedConnector): PendingChange {
  const plain = fields.filter(({ credential }) => !credential).map(({ path }) => path);
  const what = [effects.join(" and "), plain.join(", ")].filter((text) => text !== "").join(": ");
  return { key, text: `${key} (${what || "settings"})` };
}

/** Changed credentials that aren't known to have a `previous` value, by connector. */
export function lackingPrevious(plan: Plan, keys: readonly string[], checked: ConnectorFacts<CheckedCredentials>) {
  return plan.connectors.flatMap((connector) => {
    const { key, fields } = connector;
    const changed = fields.filter(({ credential }) => credential).map(({ path }) => path);
    const without = checked.of(connector)?.withoutPrevious;
    const lacking = without ? without.filter((path) => changed.includes(path)) : changed;
    return keys.includes(key) && lacking.length > 0 ? [{ key, fields: lacking }] : [];
  });
}

/** One report of a rotation, from the reports of its waves. */
export function rotationReport(
  plan: Plan,
  keys: readonly string[],
  waves: readonly ReportParts[],
  warnings: readonly string[],
): ReportParts {
  const finished = new Map(waves.flatMap(({ connectors = [] }) => connectors.map((each) => [each.key, each])));
  const connectors = keys.map((key): ConnectorOutcome => {
    const { name = key, status } = plan.connectors.find((each) => each.key === key) ?? {};
    return finished.get(key) ?? { key, name, result: "notStarted", ...(status === undefined ? {} : { status }) };
  });
  const left = connectors.filter(({ result }) => result === "notStarted").length;
  return {
    plan,
    connectors,
    violations: waves.flatMap(({ violations = [] }) => violations),
    errors: waves.flatMap(({ errors = [] }) => errors),
    warnings: [...new Set([...warnings, ...waves.flatMap((wave) => wave.warnings ?? [])])],
    notes: [...waves.flatMap(({ notes = [] }) => notes), ...(left > 0 ? [stoppedWaves(left)] : [])],
    exitCode: combinedExitCode(waves),
  };
}
