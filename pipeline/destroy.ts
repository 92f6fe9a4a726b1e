import { applyPlan } from "./apply/apply.js";
import { openGate, type GatedOptions } from "./gate/gate.js";
import { isSelected } from "./source/glob.js";
import { makePlan } from "./plan/make-plan.js";
import type { Plan } from "./run/plan.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session, type Ended, type Session } from "./stack/session.js";
import { connectorsIn } from "./stack/state.js";
import { protectedFromDestroy } from "./messages.js";

export interface DestroyOptions extends GatedOptions {
  /** Asked once the plan has passed the policy; resolves to whether to go on. Default: go on. */
  readonly confirm?: (plans: readonly Plan[]) => Promise<boolean>;
}

/** Takes down what the stack holds, and tells how each connector came to rest and what stays behind. Protected ones are refused by name. */
export function destroy(options: DestroyOptions): Run<Report> {
  return session("destroy", options, false, (open) => takeDown(open, options));
}

async function takeDown(open: Session, options: DestroyOptions): Promise<Ended> {
  const { workspace, source, emit } = open;
  const { gate, warnings: expired } = await openGate(options, source);
  const state = await workspace.stateAsOpened();
  const held = connectorsIn(state)
    .filter(({ key, protect }) => protect && isSelected(key, options))
    .map(({ key }) => key);
  if (held.length > 0) return { violations: [protectedFromDestroy(held)], ended: { refused: true } };
  emit({ type: "phase", text: `Looking at what there is to take down on ${workspace.name} …` });
  const { plan, errors, ...planned } = await makePlan(open, options, { verb: "previewDestroy", state });
  const warnings = [...expired, ...planned.warnings];
  if (errors.length > 0) return { plan, errors, warnings, ended: { error: true } };
  const violations = await gate(plan);
  if (violations.length > 0) return { plan, violations, warnings, ended: { refused: true } };
  if (plan.connectors.length + plan.others.length === 0) return { plan, warnings, ended: {} };
  if (options.confirm && !(await options.confirm([plan])))
    return { plan, warnings, notes: ["Nothing was changed: the plan was not agreed to."], ended: { error: true } };
  return applyPlan(open, plan, "destroy");
}
