import { openGate, type GateAgain, type GatedOptions } from "../gate/gate.js";
import { makePlan, type Planned, type PlanOptions } from "../plan/make-plan.js";
import type { Plan } from "../run/plan.js";
import type { Violation } from "../run/report.js";
import { declined, type ReportParts, type Session } from "../stack/session.js";

/** Options of the verbs that change something. */
export interface ConfirmedOptions extends GatedOptions {
  /**
   * Called with the plans that passed the policy (one per stack); resolves to whether to continue.
   *
   * @default continue
   */
  readonly confirm?: (plans: readonly Plan[]) => Promise<boolean>;
}

/** A plan, and what the policy says about it. */
export interface CheckedPlan extends Planned {
  readonly violations: readonly Violation[];
}

/** A checked plan, and the policy to ask again right before it is applied. */
export interface GatedPlan extends CheckedPlan {
  readonly gateAgain: GateAgain;
}

/** Plans a run and checks the plan against the policy; a plan with errors is not checked. */
export async function planAndGate(
  open: Session,
  options: GatedOptions,
  looking: string,
  planOptions?: PlanOptions,
): Promise<GatedPlan> {
  const { gate, gateAgain, warnings: expired } = await openGate(options, open.source);
  open.emit({ type: "phase", text: `${looking} ${open.workspace.name} …` });
  const planned = await makePlan(open, options, planOptions);
  const violations = planned.errors.length > 0 ? [] : await gate(planned.plan);
  return { ...planned, violations, gateAgain, warnings: [...expired, ...planned.warnings] };
}

/** The report of a run that ends before the question: its plan has errors or is refused. `undefined`: it may continue. */
export function refusalOf(
  { plan, errors, warnings, violations }: CheckedPlan,
  differences: readonly string[] = [],
): ReportParts | undefined {
  if (errors.length > 0) return { plan, errors, warnings, exitCode: 1 };
  if (violations.length + differences.length > 0) return { plan, violations, differences, warnings, exitCode: 3 };
  return undefined;
}

/** The report of a run that was not confirmed. `undefined`: it may continue. */
export async function cancellationOf(
  { plan, warnings }: GatedPlan,
  options: ConfirmedOptions,
): Promise<ReportParts | undefined> {
  if (!options.confirm || (await options.confirm([plan]))) return undefined;
  return { plan, warnings, ...declined(options) };
}

/** Whether there is nothing to do, not even in state. */
export function isEmpty({ connectors, others }: Plan): boolean {
  return connectors.length === 0 && others.length === 0;
}
