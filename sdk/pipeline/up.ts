import { applyPlan } from "./apply.js";
import { digestOf, readApproval } from "./approval.js";
import { compareWithApproval } from "./approval-differences.js";
import { openGate } from "./gating.js";
import { makePlan } from "./make-plan.js";
import type { Plan } from "./plan.js";
import type { Report } from "./report.js";
import type { Run } from "./run.js";
import { session, type Ended, type Session } from "./session.js";
import type { GatedOptions } from "./stack-options.js";

export interface UpOptions extends GatedOptions {
  /** What `preview` wrote with `approveOut`: the run is refused when the world has moved since. */
  readonly approved?: string;
  /** Asked once the plan has passed the policy; resolves to whether to go on. Default: go on. */
  readonly confirm?: (plans: readonly Plan[]) => Promise<boolean>;
}

/**
 * Brings the connectors to what the program or manifest declares: previews, holds the plan against the policy and what was
 * approved, previews again right before it applies, and finishes the others when one ends badly.
 */
export function up(options: UpOptions): Run<Report> {
  return session("up", options, true, (open) => apply(open, options));
}

async function apply(open: Session, options: UpOptions): Promise<Ended> {
  const { workspace, source, emit } = open;
  const { gate, warnings: expired } = await openGate(options, source);
  const approved = options.approved === undefined ? undefined : await readApproval(options.approved);
  emit({ type: "phase", text: `Looking at what there is to do on ${workspace.name} …` });
  const { plan, errors, ...planned } = await makePlan(open, options);
  const warnings = [...expired, ...planned.warnings];
  if (errors.length > 0) return { plan, errors, warnings, ended: { error: true } };
  const violations = await gate(plan);
  const differences = approved ? compareWithApproval(approved, [plan]) : [];
  if (violations.length > 0 || differences.length > 0)
    return { plan, violations, differences, warnings, ended: { refused: true } };
  if (isEmpty(plan)) return { plan, warnings, ended: {} };
  if (options.confirm && !(await options.confirm([plan])))
    return { plan, warnings, notes: ["Nothing was changed: the plan was not agreed to."], ended: { error: true } };

  // Time has passed since, in which a person may have thought or the world moved.
  const again = await makePlan({ ...open, emit: () => undefined }, options);
  const moved = compareWithApproval(digestOf([plan]), [again.plan]);
  if (again.errors.length > 0) return { plan: again.plan, errors: again.errors, ended: { error: true } };
  if (moved.length > 0) return { plan: again.plan, differences: moved, warnings, ended: { refused: true } };
  return applyPlan(open, plan, "up");
}

/** Whether there is nothing to do at all, not even in state. */
function isEmpty(plan: Plan): boolean {
  return plan.connectors.length === 0 && plan.others.length === 0;
}
