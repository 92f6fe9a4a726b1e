import type { Plan, PlannedConnector } from "../run/plan.js";

/** What of a plan is a rotation of credentials, and what isn't. */
export interface Rotation {
  /** Keys of the connectors whose credentials change and nothing else. */
  readonly keys: readonly string[];
  /** Everything else that is pending, a clause each: a rotation doesn't do it. */
  readonly pending: readonly string[];
}

export function rotationOf(plan: Plan): Rotation {
  const isRotation = ({ fields, effects }: PlannedConnector) =>
    fields.every(({ credential }) => credential) &&
    (fields.length > 0 || effects.includes("resume")) &&
    effects.every((effect) => effect === "edit" || effect === "restart" || effect === "resume");
  return {
    keys: plan.connectors.filter(isRotation).map(({ key }) => key),
    pending: [...plan.connectors.filter((each) => !isRotation(each)).map(pendingOf), ...plan.others],
  };
}

function pendingOf({ key, effects, fields }: PlannedConnector): string {
  const plain = fields.filter(({ credential }) => !credential).map(({ path }) => path);
  const what = [effects.join(" and "), plain.join(", ")].filter((text) => text !== "").join(": ");
  return `${key} (${what || "settings"})`;
}
