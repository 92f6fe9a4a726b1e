import { act, refuse, settled, type DesiredStatus, type Situation, type Step, wait, waitUntil } from "./situation.js";

/** The next step of bringing a connector that exists, with its configuration in force, to the desired status. */
export function nextPowerStep(situation: Situation, desired: DesiredStatus): Step {
  const { seen } = situation;
  if (!seen) return refuse("vanished");
  switch (seen.kind) {
    case "transition":
      return wait;
    case "running":
      return desired === "RUNNING" ? settled : send(situation, "stop");
    case "stopped":
      return desired === "STOPPED" ? settled : (awaitStart(situation) ?? send(situation, "start"));
    case "failed":
      return fromFailed(situation);
  }
}

/**
 * After an edit the service starts by itself (specified), and some restarts may pass through STOPPED (assumed): `start` isn't
 * sent before STOPPED has held for `settleMs`. `undefined`: there is nothing to wait for.
 */
function awaitStart({ goal, done, now, since, limits }: Situation): Step | undefined {
  const { edit, start, stop } = done;
  if (start || now - since >= limits.settleMs) return undefined;
  const stoppedByUs = stop !== undefined && stop.at >= (edit?.at ?? 0);
  const afterEdit = edit?.moved === true && edit.result !== "refused" && !stoppedByUs;
  // An earlier run has sent one, and its restart may be under way.
  const afterEarlier = goal.verb === "update" && goal.awaitRestart && Object.keys(done).length === 0;
  return afterEdit || afterEarlier ? waitUntil(since + limits.settleMs) : undefined;
}

/**
 * Once; a second time when the service took it and nothing moved (a cache may have answered); then the service ignores us. One
 * that is refused is looked at again: what it asks for may be under way already.
 */
function send(situation: Situation, name: "start" | "stop"): Step {
  const { seen, done, now, limits } = situation;
  const record = done[name];
  if (!record || record.before !== seen?.kind || record.moved) {
    return record && record.times >= 4 ? refuse("powerIgnored") : act(name);
  }
  if (now - record.at < limits.settleMs) return waitUntil(record.at + limits.settleMs);
  if (record.result === "refused") return refuse("powerRefused");
  if (record.times < 2) return act(name);
  return refuse(record.result === "unknown" ? "powerUnanswered" : "powerIgnored");
}

/**
 * A connector that we didn't bring into FAILED is recovered by way of STOPPED: from FAILED one can stop or delete
 * (specified), and whether it can be started directly is not said. One that failed on what we did is not tried again.
 */
function fromFailed(situation: Situation): Step {
  const { goal, done } = situation;
  const causedByUs = done.create !== undefined || done.start !== undefined || done.edit?.moved === true;
  const wantsStopped = "desired" in goal && goal.desired === "STOPPED";
  if (causedByUs && !wantsStopped) return refuse("failed");
  const step = send(situation, "stop");
  return step.do === "refuse" ? refuse("failed") : step;
}

/** The next step of forcing a connector into FAILED, whatever it is doing: once, and once more where nothing moved. */
export function nextFailStep({ seen, done, now, limits }: Situation): Step {
  if (!seen) return refuse("vanished");
  if (seen.kind === "failed") return settled;
  if (!done.fail) return act("fail");
  if (done.fail.result === "refused") return refuse("failRefused");
  if (now - done.fail.at < limits.settleMs) return waitUntil(done.fail.at + limits.settleMs);
  if (done.fail.times < 2) return act("fail");
  return refuse(done.fail.result === "unknown" ? "powerUnanswered" : "powerIgnored");
}
