import { act, quietMs, refuse, settled, type Situation, type Step, wait } from "./situation.js";

/** How often one delete asks for a stop at most. */
const mostStops = 4;

/** The next step of a delete: stop, with `fail` as the way out of a stuck state, then whatever `onDelete` adds. */
export function nextRestStep(situation: Situation, thenDelete: boolean): Step {
  const { seen } = situation;
  if (!seen) return settled;
  if (thenDelete && (seen.kind === "stopped" || seen.kind === "failed")) return remove(situation);
  switch (seen.kind) {
    case "stopped":
      return settled;
    case "failed":
      return stopFailed(situation);
    case "running":
    case "transition":
      return stopOrFail(situation);
  }
}

function stopOrFail(situation: Situation): Step {
  const { seen, done, limits } = situation;
  const { stop, fail } = done;
  const quiet = quietMs(situation);
  if (fail) {
    // Its stop from FAILED is under way, however the way there was.
    const onItsWay = stop?.before === "failed";
    if (!onItsWay && fail.result === "refused") return refuse("failRefused");
    // Taken, or lost, and nothing moved: once more.
    if (!onItsWay && fail.times < 2 && quiet >= limits.settleMs) return act("fail");
    return quiet < limits.stuckMs ? wait : refuse("stuck");
  }
  if (!stop) return act("stop");
  if (stop.result === "refused") {
    // At rest it won't listen; on the move it may, once it rests.
    if (seen?.kind === "running" && stop.before === "running") return act("fail");
    if (seen?.kind === "running" && stop.times < mostStops) return act("stop");
  } else if (seen?.kind === "running" && stop.times < 2 && quiet >= limits.settleMs) {
    // Taken, and nothing moved: a cache may have answered in the service's place.
    return act("stop");
  }
  return quiet < limits.stuckMs ? wait : act("fail");
}

function stopFailed(situation: Situation): Step {
  const { done, limits } = situation;
  const { stop } = done;
  if (!stop || stop.before !== "failed") return act("stop");
  if (stop.result === "refused") return refuse("stuck");
  return quietMs(situation) < limits.stuckMs ? wait : refuse("stuck");
}

function remove(situation: Situation): Step {
  const { done, limits } = situation;
  const record = done.delete;
  if (!record) return act("delete");
  if (record.result === "refused") return refuse("noDelete");
  if (quietMs(situation) < limits.settleMs) return wait;
  if (record.times < 3) return act("delete");
  return quietMs(situation) < limits.stuckMs ? wait : refuse("noDelete");
}
