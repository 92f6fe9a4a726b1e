import { applyPlan } from "./apply/apply.js";
import { cancellationOf, isEmpty, planAndGate, refusalOf, type ConfirmedOptions } from "./apply/gated-plan.js";
import { selector } from "./source/glob.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session, type ReportParts, type Session } from "./stack/session.js";
import { connectorsIn } from "./stack/state.js";
import { protectedFromDestroy } from "./messages.js";

export interface DestroyOptions extends ConfirmedOptions {}

/**
 * Destroys the stack's connectors and reports the final status of each and what remains at the service. With protected
 * connectors among them, nothing is destroyed: exit code 3.
 */
export function destroy(options: DestroyOptions): Run<Report> {
  return session("destroy", options, false, (open) => destroyStack(open, options));
}

async function destroyStack(open: Session, options: DestroyOptions): Promise<ReportParts> {
  const state = await open.workspace.stateAsOpened();
  const isSelected = selector(options);
  const held = connectorsIn(state)
    .filter(({ key, protect }) => protect && isSelected(key))
    .map(({ key }) => key);
  if (held.length > 0) return { violations: [protectedFromDestroy(held)], exitCode: 3 };
  const gated = await planAndGate(open, options, "Planning the destruction of", { verb: "previewDestroy", state });
  const { plan, warnings } = gated;
  const refusal = refusalOf(gated);
  if (refusal) return refusal;
  if (isEmpty(plan)) return { plan, warnings };
  return (await cancellationOf(gated, options)) ?? applyPlan(open, plan, "destroy", gated.gateAgain);
}
