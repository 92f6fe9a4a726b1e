import type { Effect } from "./plan.js";
import type { Result } from "./report.js";

/**
 * How something is shown. `danger`: partners notice it, or it can't be undone. `warning`: worth a look. `info` and `refused`
 * are for whole runs.
 */
export type Tone = "success" | "neutral" | "info" | "warning" | "refused" | "danger";

interface EffectWords {
  /** In a plan: `edited`. */
  readonly done: string;
  /** Of one connector: `is edited`. */
  readonly present: string;
  /** After `was to`: `be edited`. */
  readonly infinitive: string;
  readonly tone: Tone;
}

/** The words for each effect, in the order in which a plan counts them. */
export const effectWords: Readonly<Record<Effect, EffectWords>> = {
  create: passive("created", "success"),
  adopt: passive("taken over", "success"),
  edit: passive("edited", "neutral"),
  restart: { done: "restarts", present: "restarts", infinitive: "restart", tone: "danger" },
  resume: { done: "resumed", present: "continues an interrupted run", infinitive: "continue", tone: "neutral" },
  start: passive("started", "success"),
  stop: passive("stopped", "warning"),
  recover: passive("recovered", "warning"),
  replace: passive("replaced", "danger"),
  destroy: passive("destroyed", "danger"),
  gone: passive("gone from the service", "danger"),
};

function passive(done: string, tone: Tone): EffectWords {
  return { done, present: `is ${done}`, infinitive: `be ${done}`, tone };
}

/** The words for each result, worst first. */
export const resultWords: Readonly<
  Record<Result, { readonly text: string; readonly mark: string; readonly tone: Tone }>
> = {
  failed: { text: "failed", mark: "✗", tone: "danger" },
  rolledBack: { text: "rolled back", mark: "↶", tone: "warning" },
  done: { text: "done", mark: "✓", tone: "success" },
  notStarted: { text: "not started", mark: "·", tone: "neutral" },
};
