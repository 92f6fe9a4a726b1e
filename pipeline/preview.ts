import { planAndGate, refusalOf } from "./apply/gated-plan.js";
import type { GatedOptions } from "./gate/gate.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session } from "./stack/session.js";

export interface PreviewOptions extends GatedOptions {
  /**
   * Reads no credential, for runs that must not see them. Changed credentials are then reported as not checked.
   *
   * @default false
   */
  readonly noCredentials?: boolean;
  /**
   * Exits with code 2 when there are changes.
   *
   * @default false
   */
  readonly detailedExitCode?: boolean;
}

/** Reports what `up` would do, after asking the service. Changes nothing: neither the service nor state. */
export function preview(options: PreviewOptions): Run<Report> {
  return session("preview", options, true, async (open) => {
    const { noCredentials = false, detailedExitCode = false } = options;
    const gated = await planAndGate(open, options, "Planning", { noCredentials });
    // A change that has to wait for the window may be previewed and approved now.
    const violations = gated.violations.filter(({ rule }) => rule !== "window");
    const later = gated.violations.filter(({ rule }) => rule === "window").map(({ text }) => text);
    const warnings = [...gated.warnings, ...later];
    const { plan, notes } = gated;
    const changes =
      plan.others.length > 0 || plan.connectors.some(({ effects, fields }) => effects.length + fields.length > 0);
    const exitCode = detailedExitCode && changes ? 2 : 0;
    return { notes, ...(refusalOf({ ...gated, violations, warnings }) ?? { plan, warnings, exitCode }) };
  });
}
