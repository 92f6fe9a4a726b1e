import type { ObservedConnector, StoragePayload } from "../model/observed-connector.js";
import { statusKind } from "../model/status.js";
import { plainFields, storageKinds } from "../model/storage.js";
import { nextStep } from "./next-step.js";
import { Records } from "./records.js";
import type { ActionName, Goal, Limits, Refusal } from "./situation.js";

/** What an operation on a connector will do, as long as the service behaves. */
export interface Forecast {
  /** The requests that change something, in order. */
  readonly steps: readonly ActionName[];
  /** How often partners see it go down and come up again. A start of one that isn't up, FAILED or STOPPED, is none. */
  readonly restarts: number;
  readonly ends: "RUNNING" | "STOPPED" | "absent" | "FAILED";
  /** Why the operation will end short of its goal, after these steps. */
  readonly refused?: Refusal;
}

/** One look each, in a time of its own. */
const limits: Limits = { settleMs: 1, stuckMs: 100 };
/** Far beyond any happy path. */
const mostLooks = 200;

/** Plays {@link nextStep} against a service on which nothing goes wrong. Pure: asks nobody, and takes no time. */
export function forecast(goal: Goal, seen: ObservedConnector | undefined): Forecast {
  const records = new Records(goal, limits, 0);
  const service = new WellBehaved(seen, "payload" in goal ? goal.payload : undefined);
  const steps: ActionName[] = [];
  records.sighted(seen, 0, true);
  for (let now = 0; now < mostLooks; now++) {
    const step = nextStep(records.situation(now));
    switch (step.do) {
      case "settled":
        return { steps, ...service.outcome() };
      case "refuse":
        return { steps, ...service.outcome(), refused: step.because };
      case "wait":
        records.sighted(service.pass(), now, true);
        break;
      case "read":
        records.sighted(service.look(), now, true);
        break;
      default:
        steps.push(step.do);
        service.take(step.do);
        records.sent(step.do, "accepted", now);
        records.sighted(service.look(), now, true);
    }
  }
  throw new Error("the forecast of an operation never ends");
}

/** Whether a list's entry says too little of a connector for the forecast of what create does with it. Pure. */
export function needsRead(goal: Goal, listed: ObservedConnector | undefined): boolean {
  const records = new Records(goal, limits, 0);
  records.sighted(listed, 0);
  return nextStep(records.situation(0)).do === "read";
}

/** A connector on which every request has the effect that it should have, by way of a transition. */
class WellBehaved {
  /** What it is, and what it becomes by itself. */
  #stages: [ObservedConnector | undefined, ...ObservedConnector[]];
  #wasUp: boolean;
  #restarts = 0;

  constructor(
    seen: ObservedConnector | undefined,
    private readonly payload: StoragePayload | undefined,
  ) {
    this.#stages = seen?.kind === "transition" ? [seen, as(restAfter(seen.status), seen)] : [seen];
    this.#wasUp = seen?.kind === "running";
  }

  look(): ObservedConnector | undefined {
    return this.#stages[0];
  }

  pass(): ObservedConnector | undefined {
    const [, next, ...later] = this.#stages;
    if (next) {
      this.#stages = [next, ...later];
      if (next.kind === "running") this.#cameUp();
    }
    return this.look();
  }

  take(action: ActionName): void {
    const seen = this.look();
    switch (action) {
      case "create":
        return this.#begin(echoOf(this.payload), "STARTING", "RUNNING");
      case "edit":
        // STOPPED takes a configuration and stays what it is; anything else restarts with it.
        if (seen?.kind === "stopped") return this.#begin(echoOf(this.payload), "STOPPED");
        return this.#begin(echoOf(this.payload), "STARTING", "RUNNING");
      case "start":
        return this.#begin(seen, "STARTING", "RUNNING");
      case "stop":
        return this.#begin(seen, "STOPPING", "STOPPED");
      case "fail":
        return this.#begin(seen, "FAILED");
      case "delete":
        this.#stages = [undefined];
    }
  }

  /** Where it comes to rest, left alone. */
  outcome(): Pick<Forecast, "restarts" | "ends"> {
    return { restarts: this.#restarts, ends: restOf(this.#stages.at(-1)) };
  }

  #begin(echo: Echo | undefined, now: string, ...then: string[]): void {
    this.#stages = [as(now, echo), ...then.map((status) => as(status, echo))];
  }

  #cameUp(): void {
    if (this.#wasUp) this.#restarts++;
    this.#wasUp = true;
  }
}

type Echo = Pick<ObservedConnector, "storageType" | "storage">;

function as(status: string, { storageType, storage }: Echo = { storage: {} }): ObservedConnector {
  const type = storageType === undefined ? {} : { storageType };
  return { status, kind: statusKind(status), ...type, storage, details: {} };
}

/** What a service would echo of a configuration that is in force. */
function echoOf(payload: StoragePayload | undefined): Echo {
  if (!payload) return { storage: {} };
  const { block, fields } = payload;
  const storage = Object.fromEntries(Object.entries(fields).filter(([field]) => plainFields(block).includes(field)));
  return { storageType: storageKinds[block].type, storage };
}

function restOf(seen: ObservedConnector | undefined): Forecast["ends"] {
  if (!seen) return "absent";
  switch (seen.kind) {
    case "running":
      return "RUNNING";
    case "stopped":
      return "STOPPED";
    case "failed":
      return "FAILED";
    case "transition":
      return restAfter(seen.status);
  }
}

/** Where a transition ends: an unknown word is taken for a start, because that is where connectors go by themselves. */
function restAfter(word: string): "RUNNING" | "STOPPED" {
  return /stop/i.test(word) ? "STOPPED" : "RUNNING";
}
