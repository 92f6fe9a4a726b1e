import type { Account } from "../core/core.js";
import type { ConnectorError } from "../errors/connector-error.js";
import { unprovenCreate } from "../errors/messages/lifecycle.js";
import { adopted, assumed } from "../errors/messages/notes.js";
import type { Goal } from "../lifecycle/situation.js";
import type { Outcome } from "../lifecycle/rollback.js";
import type { EngineLog } from "./engine-log.js";
import type { RollbackPlan } from "./rollback-plan.js";
import type { PropertyMap } from "../model/property-map.js";
import { outsOf, type Unproven } from "./state.js";
import type { OperationResult } from "../lifecycle/operation.js";

/** One create or update, and how it ended. */
export interface Settlement {
  readonly account: Account;
  readonly inputs: PropertyMap;
  readonly goal: Goal;
  readonly ending: Outcome;
  readonly rollback?: RollbackPlan | undefined;
}

/** What a connector's state holds from now on. With an error the operation failed on the way, and this is how far it got. */
export interface Applied {
  readonly outputs: PropertyMap;
  readonly error?: ConnectorError;
}

/** @throws ConnectorError when nothing was begun, so that state stays as it is */
export function settle(
  log: EngineLog,
  urn: string | undefined,
  { account, inputs, goal, ending, rollback }: Settlement,
): Applied {
  const { seen, error, before } = ending;
  const about = { seen, endpoint: account.client.baseUrl };
  if (!error) {
    noteAdoption(log, urn, String(inputs["name"]), goal, ending);
    return { outputs: outsOf(inputs, about) };
  }
  if (!ending.acted || error.code === "ALREADY_EXISTS") throw error;
  // What state says must be what the service has, so that the next run sees the change again.
  const kept = before === undefined ? undefined : rollback?.inputs;
  const unproven = kept && error.code === "EDIT_ROLLED_BACK" ? undefined : unprovenOf(goal, ending);
  // Of what may be somebody else's, nothing is kept.
  if (unproven === "create")
    return { outputs: outsOf(inputs, { ...about, seen: undefined, unproven }), error: unprovenCreate(error) };
  return { outputs: outsOf(kept ?? inputs, { ...about, unproven }), error };
}

function noteAdoption(
  log: EngineLog,
  urn: string | undefined,
  name: string,
  goal: Goal,
  { done }: OperationResult,
): void {
  if (goal.verb !== "create") return;
  if (goal.assume) log.note(urn, assumed(name, goal.payload !== undefined));
  else if (done.edit && !done.create) log.note(urn, adopted(name));
}

/** What the next run must not take for done. */
function unprovenOf(goal: Goal, { done, made }: OperationResult): Unproven | undefined {
  if (goal.verb === "delete" || (goal.verb === "create" && goal.assume)) return undefined;
  const { create: posted, edit } = done;
  if (posted && posted.result !== "refused") return made ? undefined : "create";
  if (goal.verb === "update" && !goal.push) return goal.awaitRestart ? "restart" : undefined;
  if (edit?.moved) return undefined;
  return edit?.result === "accepted" ? "restart" : "edit";
}
