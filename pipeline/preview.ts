import { openGate, type GatedOptions } from "./gate/gate.js";
import { makePlan } from "./plan/make-plan.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session } from "./stack/session.js";

export interface PreviewOptions extends GatedOptions {
  /** Don't look at any credential, for runs that must not see them; their changes are then "not checked". */
  readonly noCredentials?: boolean;
  /** Ends with exit code 2 when there is something to do. */
  readonly detailedExitCode?: boolean;
}

/** Says what `up` would do, after a look at the service, and changes nothing: neither the service nor state. */
export function preview(options: PreviewOptions): Run<Report> {
  return session("preview", options, true, async (open) => {
    const { workspace, source, emit } = open;
    const { gate, warnings: expired } = await openGate(options, source);
    emit({ type: "phase", text: `Looking at what there is to do on ${workspace.name} …` });
    const { noCredentials = false } = options;
    const { plan, errors, warnings, notes } = await makePlan(open, options, { noCredentials });
    if (errors.length > 0) return { plan, errors, warnings, ended: { error: true } };
    const found = await gate(plan);
    // What may only be done at another time may be looked at, and approved, now.
    const violations = found.filter(({ rule }) => rule !== "window");
    const later = found.filter(({ rule }) => rule === "window").map(({ text }) => text);
    const changes =
      options.detailedExitCode === true &&
      (plan.others.length > 0 || plan.connectors.some(({ effects, fields }) => effects.length + fields.length > 0));
    return {
      plan,
      violations,
      notes,
      warnings: [...expired, ...later, ...warnings],
      ended: { refused: violations.length > 0, changes },
    };
  });
}
