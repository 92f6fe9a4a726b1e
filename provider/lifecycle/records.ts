import type { ObservedConnector } from "../model/observed-connector.js";
import { cameFromPost } from "./our-post.js";
import type { ActionName, ActionRecord, Done, Goal, Limits, Situation } from "./situation.js";

/** What one operation has done and seen so far; turned into a {@link Situation} for each decision. */
export class Records {
  #done: Done = {};
  #seen: ObservedConnector | undefined;
  #since: number;
  #absences = 0;
  #looked = false;
  #alone: ObservedConnector | undefined;

  constructor(
    private readonly goal: Goal,
    private readonly limits: Limits,
    now: number,
  ) {
    this.#since = now;
  }

  get done(): Done {
    return this.#done;
  }

  get seen(): ObservedConnector | undefined {
    return this.#seen;
  }

  /** Whether anything was sent that the service took, or may have taken. */
  get acted(): boolean {
    return Object.values(this.#done).some((record) => record.result !== "refused");
  }

  /** Whether what is there came from this operation's own POST. */
  get made(): boolean {
    const [goal, seen, alone, done] = [this.goal, this.#seen, this.#alone, this.#done];
    return goal.verb === "create" && cameFromPost({ seen, alone, done }, goal.payload) === "yes";
  }

  /** @param alone it was asked for alone */
  sighted(seen: ObservedConnector | undefined, now: number, alone = false): void {
    if (alone || seen === undefined) this.#alone = seen;
    const changed =
      !this.#looked || seen?.status !== this.#seen?.status || (seen === undefined) !== (this.#seen === undefined);
    if (changed) this.#since = now;
    const leftRest = this.#looked && atRest(this.#seen) && seen?.kind !== this.#seen?.kind;
    if (leftRest) this.#done = mapValues(this.#done, (record) => ({ ...record, moved: true }));
    this.#absences = seen === undefined ? this.#absences + 1 : 0;
    this.#seen = seen;
    this.#looked = true;
  }

  sent(name: ActionName, result: ActionRecord["result"], now: number): void {
    const times = (this.#done[name]?.times ?? 0) + 1;
    const record: ActionRecord = { result, at: now, before: this.#seen?.kind ?? "absent", times, moved: false };
    this.#done = { ...this.#done, [name]: record };
    this.#absences = 0;
  }

  situation(now: number): Situation {
    return {
      goal: this.goal,
      seen: this.#seen,
      done: this.#done,
      alone: this.#alone,
      now,
      since: this.#since,
      absences: this.#absences,
      limits: this.limits,
    };
  }
}

function atRest(seen: ObservedConnector | undefined): boolean {
  return seen !== undefined && seen.kind !== "transition";
}

function mapValues(done: Done, change: (record: ActionRecord) => ActionRecord): Done {
  return Object.fromEntries(Object.entries(done).map(([name, record]) => [name, change(record)]));
}
