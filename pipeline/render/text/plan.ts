import type { Plan } from "../../run/plan.js";
import type { Violation } from "../../run/report.js";
import { redact } from "../../../provider/errors/redact.js";
import { paragraphsOf } from "../plan.js";
import { planColumns } from "../tables.js";
import { counted } from "../../run/messages.js";
import { pen, plain, type Style, type Table } from "./pen.js";

export interface PlanTextOptions {
  /** Violations of the policy, shown below the plans. */
  readonly violations?: readonly Violation[];
  readonly table: Table;
  /** @default no colours */
  readonly style?: Style;
}

/** Plans as text for a terminal, one per stack. */
export function planText(plans: readonly Plan[], { violations = [], table, style = plain }: PlanTextOptions): string {
  const { toned, tableOf } = pen(style, table);
  const paragraphs = paragraphsOf(plans, {
    titled: (title, name, counts) => `${style("bold", name === undefined ? title : `${title} ${name}`)}: ${counts}`,
    name: redact,
    toned,
    table: (connectors) => tableOf(planColumns({ several: false }), connectors),
  });
  return [...paragraphs, ...(violations.length === 0 ? [] : [violationsText(violations, style)])].join("\n\n");
}

/** The violations of a policy, one item each. */
export function violationsText(violations: readonly Violation[], style: Style = plain): string {
  return [
    style("red", `Refused by policy, ${counted(violations.length, "rule")}:`),
    ...violations.map(({ text }) => redact(`✗ ${text.replaceAll("\n", "\n  ")}`)),
  ].join("\n");
}
