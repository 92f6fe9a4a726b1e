import { rolledBack, rollbackFailed, stillAsBefore, withoutRollback } from "../errors/messages/rollback.js";
import { formatDuration } from "../time/duration.js";
import { operate } from "./operate.js";
import type { Goal } from "./situation.js";
import type { Operation, OperationContext, OperationResult } from "./operation.js";

/** What an update goes back to when its edit fails: the configuration before it, and the status that it was to have. */
export interface Rollback {
  readonly goal: Goal & { readonly verb: "update" };
  /** Paths of what the update changes. */
  readonly changed: readonly string[];
  /** Paths of the credentials whose previous value is another than the one that was sent last. */
  readonly notLastSent: readonly string[];
}

/** Why there is no way back: one clause. */
export interface NoRollback {
  readonly blocked: string;
}

/** An update's end, and which configuration the service has of it. */
export interface Outcome extends OperationResult {
  /** It has the one from before: `kept`, it never had another; `sent`, the way back was gone, and `done` is what was sent on it. */
  readonly before?: "kept" | "sent";
}

/**
 * What is left to do after an update that ended. `unchanged`: nothing of the edit took effect. `goBack`: it did, and the
 * connector failed on it. `keep`: anything else, as without a way back. Pure.
 */
export function afterUpdate({ error, seen, done }: OperationResult): "keep" | "unchanged" | "goBack" {
  const { edit } = done;
  // A second edit may follow a first one whose answer was lost.
  if (error?.code === "REJECTED" && (!edit || (edit.result === "refused" && edit.times === 1))) return "unchanged";
  const failedOnIt = error?.code === "CONNECTOR_FAILED" && seen?.kind === "failed" && edit && edit.result !== "refused";
  // One that was FAILED before was no better off with the configuration before.
  return failedOnIt && edit.before !== "failed" ? "goBack" : "keep";
}

/**
 * Carries an update out, and once, when its edit fails, the way back from it.
 *
 * @param onTurn told when the way back begins
 */
export async function operateOrRollBack(
  context: OperationContext,
  operation: Operation,
  way: Rollback | NoRollback,
  onTurn: () => void,
): Promise<Outcome> {
  const ending = await operate(context, operation);
  const { error, seen } = ending;
  const next = afterUpdate(ending);
  if (!error || next === "keep") return ending;
  const status = seen?.status ?? "absent";
  if (next === "unchanged") {
    const changed = "blocked" in way ? [] : way.changed;
    return { ...ending, error: stillAsBefore(error, { status, changed }), before: "kept" };
  }
  if ("blocked" in way) return { ...ending, error: withoutRollback(error, way.blocked) };
  onTurn();
  const since = context.clock.now();
  const back = await operate(context, { ...operation, goal: way.goal });
  const elapsed = formatDuration(context.clock.now() - since);
  if (!back.error) {
    const about = { status: back.seen?.status ?? "absent", elapsed, ...way };
    return { ...back, acted: true, error: rolledBack(error, about), before: "sent" };
  }
  const failure = rollbackFailed(error, back.error);
  // Where nothing was taken of the way back, the service still has what the connector failed on.
  if (!back.done.edit || back.done.edit.result === "refused") return { ...ending, seen: back.seen, error: failure };
  return { ...back, acted: true, error: failure, before: "sent" };
}
