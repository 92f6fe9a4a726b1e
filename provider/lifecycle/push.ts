import type { StoragePayload } from "../model/observed-connector.js";
import { echoAgrees } from "./matches.js";
import { act, refuse, type ActionRecord, type Situation, type Step, wait, waitUntil } from "./situation.js";

/** How often an edit is sent at most in one operation. */
const mostEdits = 3;

/**
 * The next step of bringing a configuration to a connector that exists; `undefined` once it is proven to be in force.
 *
 * After a PUT the service goes on saying RUNNING for a while before it restarts (assumed), so RUNNING proves nothing until
 * it was left once, or has held for `settleMs` while the echo agrees.
 */
export function nextPushStep(situation: Situation, payload: StoragePayload | undefined): Step | undefined {
  const { seen, done } = situation;
  const edit = done.edit;
  if (!seen) return refuse("vanished");
  if (!edit) return act("edit");
  switch (edit.result) {
    case "refused":
      // Refused in a transition: the same edit may be welcome once the connector rests.
      if (seen.kind === "transition") return wait;
      return edit.times < mostEdits && edit.before === "transition" ? act("edit") : refuse("editRefused");
    case "accepted":
    case "unknown":
      return afterEdit(situation, edit, payload);
  }
}

function afterEdit(situation: Situation, edit: ActionRecord, payload: StoragePayload | undefined): Step | undefined {
  const { seen, now, since, limits } = situation;
  if (!seen || seen.kind === "transition") return wait;
  if (edit.moved) return undefined;
  // Unmoved and at rest: STOPPED takes a configuration without showing it, so nothing is to be waited for …
  if (seen.kind === "stopped" && edit.before === "stopped") {
    if (edit.result === "unknown") return edit.times < mostEdits ? act("edit") : refuse("unproven");
    // … unless STOPPED is what's wanted: some services start a stopped connector on PUT.
    return wantsRest(situation) && now - edit.at < limits.settleMs ? waitUntil(edit.at + limits.settleMs) : undefined;
  }
  const settledAt = Math.max(edit.at, since) + limits.settleMs;
  if (now < settledAt) return waitUntil(settledAt);
  if (edit.result === "unknown") return edit.times < 2 ? act("edit") : refuse("unproven");
  return echoAgrees(seen, payload) ? undefined : wait;
}

function wantsRest({ goal }: Situation): boolean {
  return !("desired" in goal) || goal.desired === "STOPPED";
}
