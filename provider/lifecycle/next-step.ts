import { contradictions, differencesFrom, isSameStorage } from "./matches.js";
import { cameFromPost } from "./our-post.js";
import { plainFields } from "../model/storage.js";
import { nextFailStep, nextPowerStep } from "./power.js";
import { nextPushStep } from "./push.js";
import { nextRestStep } from "./rest.js";
import { act, type Goal, read, refuse, settled, type Situation, type Step, wait, waitUntil } from "./situation.js";

/** After a lost answer to a POST the connector must be absent this often, this far apart, before it is posted again. */
const absencesBeforeRepeat = 2;
const repeatAfterMs = 2_000;
const mostCreates = 3;

/** Decides the one thing to do now. Pure: the same situation always gives the same step. */
export function nextStep(situation: Situation): Step {
  const { goal } = situation;
  switch (goal.verb) {
    case "create":
      return nextCreateStep(situation, goal);
    case "update":
      return nextUpdateStep(situation, goal);
    case "delete":
      return nextDeleteStep(situation, goal);
    case "fail":
      return nextFailStep(situation);
  }
}

function nextCreateStep(situation: Situation, goal: Goal & { verb: "create" }): Step {
  const { seen, done } = situation;
  if (goal.assume) return nextAssumeStep(situation, goal);
  if (!done.create || done.create.result === "refused") {
    if (!seen) return done.create ? refuse("exists") : act("create");
    return nextTakeOverStep(situation, goal);
  }
  if (!seen) return nextStepWhileAbsent(situation);
  switch (cameFromPost(situation, goal.payload)) {
    case "yes":
      return nextPowerStep(situation, goal.desired);
    case "unread":
      return read;
    case "no":
      return refuse("exists");
  }
}

/** Only power is changed: credentials that nobody has here would be blanked by an edit, and a restart is what nobody asked for. */
function nextAssumeStep(situation: Situation, goal: Goal & { verb: "create" }): Step {
  const { seen, alone, done } = situation;
  if (!seen) return refuse(Object.keys(done).length === 0 ? "nothingToAssume" : "vanished");
  if ([seen, alone ?? seen].some((told) => differencesFrom(told, goal.payload).length > 0))
    return refuse("otherThanAssumed");
  // What is taken over as it is must be compared field by field.
  const declared = goal.payload ? plainFields(goal.payload.block).filter((field) => goal.payload?.fields[field]) : [];
  const isTold = alone !== undefined || declared.every((field) => seen.storage[field] !== undefined);
  return isTold ? nextPowerStep(situation, goal.desired) : read;
}

function nextUpdateStep(situation: Situation, goal: Goal & { verb: "update" }): Step {
  const { seen, done, now, since, limits } = situation;
  if (!seen) return refuse("vanished");
  if (goal.push) return pushThenPower(situation, goal);
  const untouched = Object.keys(done).length === 0;
  if (goal.awaitRestart && untouched && seen.kind === "running" && now - since < limits.settleMs) {
    return waitUntil(since + limits.settleMs);
  }
  return nextPowerStep(situation, goal.desired);
}

function nextDeleteStep(situation: Situation, goal: Goal & { verb: "delete" }): Step {
  if (goal.onDelete === "retain" || !situation.seen) return settled;
  // Scrubbing comes first, so that whatever happens next the service no longer holds live keys.
  const scrub = goal.onDelete === "scrub" ? nextPushStep(situation, undefined) : undefined;
  return scrub ?? nextRestStep(situation, goal.onDelete === "delete");
}

function pushThenPower(situation: Situation, goal: Goal & { verb: "create" | "update" }): Step {
  const { seen, done } = situation;
  // To be STOPPED in the end: stop first, so that the new configuration causes no needless start.
  const stopping = seen?.kind === "running" || (seen?.kind === "transition" && done.stop !== undefined);
  if (!done.edit && goal.desired === "STOPPED" && stopping) return nextPowerStep(situation, "STOPPED");
  return nextPushStep(situation, goal.payload) ?? nextPowerStep(situation, goal.desired);
}

/** Of a connector that this operation hasn't made. */
function nextTakeOverStep(situation: Situation, goal: Goal & { verb: "create" }): Step {
  const { seen, alone, done } = situation;
  const decidedBefore = done.edit !== undefined || done.stop !== undefined;
  if (decidedBefore || goal.onExisting === "adopt") return pushThenPower(situation, goal);
  if (goal.onExisting === "error" || seen?.kind !== "stopped") return refuse("exists");
  if (contradictions(seen, goal.payload).length > 0) return refuse("exists");
  if (!alone) return read;
  return isSameStorage(alone, goal.payload) ? pushThenPower(situation, goal) : refuse("exists");
}

function nextStepWhileAbsent({ done, absences, now, since, limits }: Situation): Step {
  const posted = done.create;
  if (posted?.result === "refused") return refuse("exists");
  if (posted?.result === "unknown" && absences >= absencesBeforeRepeat && now - since >= repeatAfterMs) {
    return posted.times < mostCreates ? act("create") : refuse("unproven");
  }
  return now - Math.max(since, posted?.at ?? since) < limits.stuckMs ? wait : refuse("vanished");
}
