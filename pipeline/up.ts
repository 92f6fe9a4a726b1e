import { applyPlan } from "./apply/apply.js";
import { digestOf, readApproval } from "./gate/approval/approval.js";
import { compareWithApproval } from "./gate/approval/differences.js";
import { openGate, type GatedOptions } from "./gate/gate.js";
import { makePlan } from "./plan/make-plan.js";
import { stateCompressed } from "./stack/messages.js";
import { engineFailure } from "./stack/engine-failure.js";
import type { Plan } from "./run/plan.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session, type Ended, type Session } from "./stack/session.js";

export interface UpOptions extends GatedOptions {
  /** What `preview` wrote with `approveOut`: the run is refused when the world has moved since. */
  readonly approved?: string;
  /** Keeps the stack's state compressed from now on. Default: as it is kept; stacks that `up` creates are compressed. */
  readonly compressState?: boolean;
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
  if (isEmpty(plan)) return { plan, warnings, ...(await stateAlone(open, options, planned.stale)), ended: {} };
  if (options.confirm && !(await options.confirm([plan])))
    return { plan, warnings, notes: ["Nothing was changed: the plan was not agreed to."], ended: { error: true } };

  // Time has passed since, in which a person may have thought or the world moved.
  let otherwise = await compareAgain(open, options, plan, warnings);
  if (otherwise) return otherwise;
  const converts = options.compressState === true && (await workspace.compression.convert());
  const stillRight = async () => !(otherwise = await compareAgain(open, options, plan, warnings));
  const ended = await applyPlan(open, plan, "up", { stillRight });
  if (otherwise) return otherwise;
  return converts ? { ...ended, notes: [...(ended.notes ?? []), stateCompressed(workspace.name)] } : ended;
}

/** Plans once more: how the run ends when that gives another plan than the one that has passed the gate; `undefined`: the same. */
async function compareAgain(
  open: Session,
  options: UpOptions,
  plan: Plan,
  warnings: readonly string[],
): Promise<Ended | undefined> {
  const again = await makePlan({ ...open, emit: () => undefined }, options, { again: true });
  if (again.errors.length > 0) return { plan: again.plan, errors: again.errors, ended: { error: true } };
  // Another run has done it all.
  if (isEmpty(again.plan)) return { plan: again.plan, warnings, ended: {} };
  const moved = compareWithApproval(digestOf([plan]), [again.plan]);
  return moved.length > 0 ? { plan: again.plan, differences: moved, warnings, ended: { refused: true } } : undefined;
}

/** Writes state where nothing but that is to be done: it doesn't say yet what the service has, or it is to be compressed. */
async function stateAlone({ workspace }: Session, options: UpOptions, stale: boolean): Promise<Partial<Ended>> {
  const converts = options.compressState === true && (await workspace.compression.convert());
  if (!converts && !stale) return {};
  const result = await workspace.run("up", { refresh: true });
  const failure = engineFailure("up", workspace.name, result);
  if (failure) throw failure;
  return converts ? { notes: [stateCompressed(workspace.name)] } : {};
}

/** Whether there is nothing to do at all, not even in state. */
function isEmpty(plan: Plan): boolean {
  return plan.connectors.length === 0 && plan.others.length === 0;
}
