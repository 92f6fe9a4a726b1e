import { applyPlan } from "./apply/apply.js";
import { cancellationOf, isEmpty, planAndGate, refusalOf, type ConfirmedOptions } from "./apply/gated-plan.js";
import { digestOf, readApproval } from "./gate/approval/approval.js";
import { compareWithApproval } from "./gate/approval/differences.js";
import { makePlan } from "./plan/make-plan.js";
import type { Plan } from "./run/plan.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { engineFailure } from "./stack/engine-failure.js";
import { stateCompressed } from "./stack/messages.js";
import { session, type ReportParts, type Session } from "./stack/session.js";

export interface UpOptions extends ConfirmedOptions {
  /** A file that {@link approve} wrote. The run is refused if it would do anything else. */
  readonly approved?: string;
  /**
   * Keeps the stack's state compressed from now on.
   *
   * @default as it is; stacks that `up` creates are compressed
   */
  readonly compressState?: boolean;
}

/**
 * Creates, updates and deletes connectors until they match the program or manifest. Previews the run, checks the plan against
 * the policy and the approval, previews again right before it applies, and finishes the other connectors when one fails.
 */
export function up(options: UpOptions): Run<Report> {
  return session("up", options, true, (open) => upStack(open, options));
}

async function upStack(open: Session, options: UpOptions): Promise<ReportParts> {
  const { workspace } = open;
  const approved = options.approved === undefined ? undefined : await readApproval(options.approved);
  const gated = await planAndGate(open, options, "Planning");
  const { plan, warnings, stale } = gated;
  const refusal = refusalOf(gated, approved ? compareWithApproval(approved, [plan]) : []);
  if (refusal) return refusal;
  if (isEmpty(plan)) return { plan, warnings, ...(await updateStateOnly(open, options, stale)) };
  const cancellation = await cancellationOf(gated, options);
  if (cancellation) return cancellation;

  // The question may have waited for an answer for hours.
  let changed = await planAgain(open, options, plan, warnings);
  if (changed) return changed;
  const converts = options.compressState === true && (await workspace.compression.convert());
  const stillRight = async () => !(changed = await planAgain(open, options, plan, warnings));
  const applied = await applyPlan(open, plan, "up", gated.gateAgain, { stillRight });
  if (changed) return changed;
  return converts ? { ...applied, notes: [...(applied.notes ?? []), stateCompressed(workspace.name)] } : applied;
}

/** Plans again. Returns the report of the run if that gives another plan, `undefined` if it gives the same one. */
async function planAgain(
  open: Session,
  options: UpOptions,
  plan: Plan,
  warnings: readonly string[],
): Promise<ReportParts | undefined> {
  const again = await makePlan({ ...open, emit: () => undefined }, options, { again: true });
  // Another run has applied all of it.
  if (again.errors.length === 0 && isEmpty(again.plan)) return { plan: again.plan, warnings };
  return refusalOf({ ...again, warnings, violations: [] }, compareWithApproval(digestOf([plan]), [again.plan]));
}

/** Writes state when nothing else is to be done: state is behind the service, or is to be compressed. */
async function updateStateOnly({ workspace }: Session, options: UpOptions, stale: boolean): Promise<ReportParts> {
  const converts = options.compressState === true && (await workspace.compression.convert());
  if (!converts && !stale) return {};
  const result = await workspace.run("up", { refresh: true });
  const failure = engineFailure("up", workspace.name, result);
  if (failure) throw failure;
  return converts ? { notes: [stateCompressed(workspace.name)] } : {};
}
