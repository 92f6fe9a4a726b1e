import { applyPlan } from "./apply/apply.js";
import { openGate, type GatedOptions } from "./gate/gate.js";
import { makePlan } from "./plan/make-plan.js";
import { missingPrevious, noRotation, notARotation, stoppedWaves, waveBegins } from "./messages.js";
import type { Plan } from "./run/plan.js";
import type { ConnectorOutcome, Report } from "./run/report.js";
import { rotationOf } from "./apply/rotation.js";
import type { Run } from "./run/run.js";
import { session, type Ended, type Session } from "./stack/session.js";
import { wavesOf } from "./apply/waves.js";

export interface RotateOptions extends GatedOptions {
  /** Connectors that restart together. Default 5. */
  readonly wave?: number;
  /** How many may go wrong before no further wave begins. Default 1: the first one stops it. */
  readonly maxUnhealthy?: number;
  /** `false`: go on where a credential has no `previous` to go back to. Default `true`: refuse before the first push. */
  readonly rollback?: boolean;
  /** Counts what went wrong; shared by the stacks of a fleet, so that one stops the waves of all. */
  readonly tally?: { ill: number };
  /** Asked once the plan has passed the policy; resolves to whether to go on. Default: go on. */
  readonly confirm?: (plans: readonly Plan[]) => Promise<boolean>;
}

/**
 * Applies the credential changes that the program or manifest declares, and nothing else, wave after wave: pushes, waits until
 * the restart is proven and the connector healthy, and only then goes on. One that fails is rolled back by its `previous`
 * values, and the waves stop. Run again it goes on where it ended: what is proven isn't pushed twice.
 */
export function rotate(options: RotateOptions): Run<Report> {
  return session("rotate", options, false, (open) => turn(open, options));
}

async function turn(open: Session, options: RotateOptions): Promise<Ended> {
  const { workspace, source, emit } = open;
  const { wave = 5, maxUnhealthy = 1, rollback = true, tally = { ill: 0 } } = options;
  const { gate, warnings: expired } = await openGate(options, source);
  emit({ type: "phase", text: `Looking for changed credentials on ${workspace.name} …` });
  const { plan, errors, ...planned } = await makePlan(open, options);
  const warnings = [...expired, ...planned.warnings];
  if (errors.length > 0) return { plan, errors, warnings, ended: { error: true } };
  const { keys, pending } = rotationOf(plan);
  const lacking = rollback ? lackingPrevious(plan, keys, (await open.history()).withoutPrevious) : [];
  const violations = [
    ...(pending.length > 0 ? [notARotation(pending)] : []),
    ...(lacking.length > 0 ? [missingPrevious(lacking)] : []),
    ...(await gate(plan)),
  ];
  if (violations.length > 0) return { plan, violations, warnings, ended: { refused: true } };
  if (keys.length === 0) return { plan, warnings, notes: [noRotation], ended: {} };
  if (options.confirm && !(await options.confirm([plan])))
    return { plan, warnings, notes: ["Nothing was changed: the plan was not agreed to."], ended: { error: true } };

  const waves = wavesOf(keys, wave);
  const parts: Ended[] = [];
  for (const [index, members] of waves.entries()) {
    if (tally.ill >= maxUnhealthy) break;
    emit({ type: "phase", text: waveBegins(index + 1, waves.length, members) });
    const env = { DATASPACE_ON_FAILED_EDIT: rollback ? "rollback" : "keep" };
    const part = await applyPlan(open, limitedTo(plan, members), "up", { keys: members, env });
    parts.push(part);
    tally.ill += (part.connectors ?? []).filter(({ result }) => result !== "done").length;
    if (part.ended.interrupted || part.ended.error) break;
  }
  return summary(plan, keys, parts, warnings);
}

function summary(plan: Plan, keys: readonly string[], parts: readonly Ended[], warnings: readonly string[]): Ended {
  const ended = new Map(parts.flatMap(({ connectors = [] }) => connectors.map((each) => [each.key, each])));
  const connectors = keys.map((key): ConnectorOutcome => {
    const planned = plan.connectors.find((each) => each.key === key);
    return (
      ended.get(key) ?? {
        key,
        name: planned?.name ?? key,
        result: "untouched",
        ...(planned?.status === undefined ? {} : { status: planned.status }),
      }
    );
  });
  const all = <K extends "errors" | "notes" | "warnings">(kind: K) => parts.flatMap((part) => part[kind] ?? []);
  const left = connectors.filter(({ result }) => result === "untouched").length;
  return {
    plan,
    connectors,
    errors: all("errors"),
    warnings: [...new Set([...warnings, ...all("warnings")])],
    notes: [...all("notes"), ...(left > 0 ? [stoppedWaves(left)] : [])],
    ended: {
      interrupted: parts.some((part) => part.ended.interrupted),
      error: parts.some((part) => part.ended.error),
      unhealthy: connectors.some(({ result }) => result === "rolledBack" || result === "failed"),
    },
  };
}

function lackingPrevious(plan: Plan, keys: readonly string[], withoutPrevious: ReadonlyMap<string, readonly string[]>) {
  return plan.connectors.flatMap(({ key, name, fields }) => {
    const changed = fields.filter(({ credential }) => credential).map(({ path }) => path);
    const lacking = (withoutPrevious.get(name) ?? []).filter((path) => changed.includes(path));
    return keys.includes(key) && lacking.length > 0 ? [{ key, fields: lacking }] : [];
  });
}

function limitedTo(plan: Plan, keys: readonly string[]): Plan {
  return { ...plan, connectors: plan.connectors.filter(({ key }) => keys.includes(key)) };
}
