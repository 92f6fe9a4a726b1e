import { applyPlan } from "./apply/apply.js";
import { cancellationOf, planAndGate, refusalOf, type ConfirmedOptions } from "./apply/gated-plan.js";
import { lackingPrevious, rotationOf, rotationReport } from "./apply/rotation.js";
import { inWaves } from "./apply/waves.js";
import { missingPrevious, noRotation, notARotation, waveBegins } from "./apply/messages.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session, type ReportParts, type Session } from "./stack/session.js";

export interface RotateOptions extends ConfirmedOptions {
  /**
   * Number of connectors that restart together.
   *
   * @default 5
   */
  readonly wave?: number;
  /**
   * Starts no further wave after this many connectors failed or were rolled back, over all stacks of a fleet.
   *
   * @default 1
   */
  readonly maxUnhealthy?: number;
  /**
   * Requires a `previous` value of every credential that changes, and rolls a connector that fails back to it.
   *
   * @default true
   */
  readonly rollback?: boolean;
}

/**
 * Applies the credential changes that the program or manifest declares, and nothing else, in waves: pushes the credentials, waits
 * until each restart is proven and the connector is healthy, and then starts the next wave. A connector that fails is rolled
 * back to its `previous` values, and the waves stop. Run again, it continues where it stopped: a proven change isn't pushed twice.
 */
export function rotate(options: RotateOptions): Run<Report> {
  return session("rotate", options, false, (open) => rotateStack(open, options));
}

async function rotateStack(open: Session, options: RotateOptions): Promise<ReportParts> {
  const { wave = 5, maxUnhealthy = 1, rollback = true, fleet } = options;
  const gated = await planAndGate(open, options, "Planning the rotation of");
  const { plan, warnings } = gated;
  const { keys, pending } = rotationOf(plan);
  const lacking = rollback ? lackingPrevious(plan, keys, (await open.history()).checked) : [];
  const refusal = refusalOf({
    ...gated,
    violations: [
      ...(pending.length > 0 ? [notARotation(pending)] : []),
      ...(lacking.length > 0 ? [missingPrevious(lacking)] : []),
      ...gated.violations,
    ],
  });
  if (refusal) return refusal;
  if (keys.length === 0) return { plan, warnings, notes: [noRotation] };
  const cancellation = await cancellationOf(gated, options);
  if (cancellation) return cancellation;

  const parts: ReportParts[] = [];
  const env = { DATASPACE_ON_FAILED_EDIT: rollback ? "rollback" : "keep" };
  const left = new Set(keys);
  const gateLeft = () => gated.gateAgain({ ...plan, connectors: plan.connectors.filter(({ key }) => left.has(key)) });
  const rotateWave = async (members: readonly string[]) => {
    const connectors = plan.connectors.filter(({ key }) => members.includes(key));
    const urns = connectors.map(({ urn }) => urn);
    const part = await applyPlan(open, { ...plan, connectors }, "up", gateLeft, { urns, env });
    parts.push(part);
    for (const key of members) left.delete(key);
    return part.connectors ?? [];
  };
  await inWaves(keys, rotateWave, {
    wave,
    maxUnhealthy,
    ...(fleet ? { unhealthy: fleet.unhealthy } : {}),
    isHealthy: ({ result }) => result === "done",
    stopped: () => parts.some(({ exitCode }) => exitCode === 130 || exitCode === 1 || exitCode === 3),
    onWave: ({ number, of, items }) => open.emit({ type: "phase", text: waveBegins(number, of, items) }),
  });
  return rotationReport(plan, keys, parts, warnings);
}
