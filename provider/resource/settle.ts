import type { Account } from "../core/core.js";
import { adopted, assumed } from "../errors/messages/notes.js";
import type { OperationResult } from "../lifecycle/operate.js";
import type { Goal } from "../lifecycle/situation.js";
import type { Outcome } from "../lifecycle/rollback.js";
import type { EngineLog } from "./engine-log.js";
import type { RollbackPlan } from "./rollback-plan.js";
import type { PropertyMap } from "../model/property-map.js";
import { outsOf, type Unproven } from "./state.js";
import { identityOf } from "../model/name.js";
import type { Runtime } from "./runtime.js";

/** One create or update, and how it ended. */
export interface Settlement {
  readonly account: Account;
  readonly inputs: PropertyMap;
  readonly goal: Goal;
  readonly ending: Outcome;
  readonly rollback?: RollbackPlan | undefined;
}

/** The outputs of a create or update that reached its goal, or the error that keeps in state what was begun. */
export function settle(
  { urns, log, asPartialFailure }: Runtime,
  { account, inputs, goal, ending, rollback }: Settlement,
): PropertyMap {
  const { seen, error, before } = ending;
  const name = String(inputs["name"]);
  const urn = urns.of(identityOf(account.name, name));
  const about = { seen, endpoint: account.client.origin, urn };
  if (!error) {
    noteAdoption(log, urn, name, goal, ending);
    return outsOf(inputs, about);
  }
  if (!ending.acted || error.code === "ALREADY_EXISTS") throw error;
  // What state says must be what the service has, so that the next run sees the change again.
  const kept = before === undefined ? undefined : rollback?.inputs;
  const unproven = kept && error.code === "EDIT_ROLLED_BACK" ? undefined : unprovenOf(goal, ending);
  throw asPartialFailure(error, name, outsOf(kept ?? inputs, { ...about, unproven }), inputs);
}

function noteAdoption(
  log: EngineLog,
  urn: string | undefined,
  name: string,
  goal: Goal,
  { done }: OperationResult,
): void {
  if (goal.verb !== "create") return;
  if (goal.assume) log.warn(urn, assumed(name, goal.payload !== undefined));
  else if (!goal.mayBeOurs && done.edit) log.warn(urn, adopted(name));
}

/** What the next run must not take for done. */
function unprovenOf(goal: Goal, { done, seen }: OperationResult): Unproven | undefined {
  if (goal.verb === "delete" || (goal.verb === "create" && goal.assume)) return undefined;
  const { create: posted, edit } = done;
  if (posted) return seen ? undefined : "create";
  if (goal.verb === "update" && !goal.push) return goal.awaitRestart ? "restart" : undefined;
  if (edit?.moved) return undefined;
  return edit?.result === "accepted" ? "restart" : "edit";
}
