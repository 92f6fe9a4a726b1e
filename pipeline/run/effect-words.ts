import type { Effect } from "./plan.js";

/** `grave`: partners notice, or it can't be taken back. */
export type Tone = "good" | "plain" | "notable" | "grave";

interface Words {
  /** In a plan: `edited`. */
  readonly done: string;
  /** Of one connector: `is edited`. */
  readonly present: string;
  /** After `was to`: `be edited`. */
  readonly infinitive: string;
  readonly tone: Tone;
}

/** How the effects are called, one row each, in the order in which a plan counts them. */
export const effectWords: Readonly<Record<Effect, Words>> = {
  create: passive("created", "good"),
  adopt: passive("taken over", "good"),
  edit: passive("edited", "plain"),
  restart: { done: "restarts", present: "restarts", infinitive: "restart", tone: "grave" },
  resume: { done: "resumed", present: "goes on where an earlier run ended", infinitive: "go on", tone: "plain" },
  start: passive("started", "good"),
  stop: passive("stopped", "notable"),
  recover: passive("recovered", "notable"),
  replace: passive("replaced", "grave"),
  destroy: passive("destroyed", "grave"),
  gone: passive("gone from the service", "grave"),
};

function passive(done: string, tone: Tone): Words {
  return { done, present: `is ${done}`, infinitive: `be ${done}`, tone };
}
