import type { Plan, PlannedConnector } from "../../run/plan.js";
import type { Violation } from "../../run/report.js";
import { paragraphsOf } from "../plan.js";
import { planColumns } from "../tables.js";
import { violationsMarkdown } from "./parts.js";
import { tableParts, toned } from "./table.js";
import { code } from "./text.js";

/** A comment on GitHub holds 65,536 characters (specified); the rest is for everything but the rows. */
const roomForRows = 50_000;

/** Plans as Markdown for a comment on a pull request, one per stack, with violations of the policy below. */
export function planMarkdown(plans: readonly Plan[], violations: readonly Violation[] = []): string {
  const { head, rowOf } = tableParts(planColumns({ several: false }));
  let room = roomForRows;
  const table = (connectors: readonly PlannedConnector[]) => {
    const rows: string[] = [];
    for (const row of connectors.map(rowOf)) {
      if (room < row.length) break;
      room -= row.length;
      rows.push(row);
    }
    const hidden = connectors.length - rows.length;
    return [
      ...(rows.length === 0 ? [] : [[head, ...rows].join("\n")]),
      ...(hidden === 0 ? [] : [`… and ${hidden} more; the JSON report (\`--report plan.json\`) lists them all.`]),
    ].join("\n\n");
  };
  const titled = (title: string, name: string | undefined, counts: string) =>
    `### ${title}${name === undefined ? "" : ` ${code(name)}`}\n\n${counts}`;
  const paragraphs = paragraphsOf(plans, { titled, name: code, toned, table });
  const refused = violations.length === 0 ? [] : ["### Refused by policy", violationsMarkdown(violations)];
  return `${[...paragraphs, ...refused].join("\n\n")}\n`;
}
