import type { Plan, PlannedConnector, PlannedField } from "../../run/plan.js";
import * as words from "../plan-words.js";
import type { Violation } from "../../run/report.js";
import { code, text as escaped } from "./text.js";

/** A comment on a pull request holds 65,536 characters (GitHub, specified); the rest is for all that isn't rows. */
const roomForRows = 50_000;

const head = "| connector | what happens | fields | status |\n| --- | --- | --- | --- |";

/** What will happen, for a pull request's comment. One plan per shard; violations of the policy stand below. */
export function planMarkdown(plans: readonly Plan[], violations: readonly Violation[] = []): string {
  const room = { left: roomForRows };
  const notChecked = words.notCheckedIn(plans);
  return `${[
    ...plans.flatMap((plan) => [
      `### Stack ${code(plan.stack)}`,
      counted([plan]),
      ...tableOf(plan, room),
      ...(plan.others.length === 0 ? [] : [`Besides connectors: ${plan.others.map(code).join(", ")}.`]),
    ]),
    ...(plans.length > 1 ? [`### All ${plans.length} stacks`, counted(plans)] : []),
    ...(notChecked === 0 ? [] : [`Credentials not checked: ${notChecked} (\`--no-credentials\`).`]),
    ...(violations.length === 0 ? [] : ["### Refused by policy", violationsMarkdown(violations)]),
  ].join("\n\n")}\n`;
}

/** What the policy refuses, a bullet each. */
export function violationsMarkdown(violations: readonly Violation[]): string {
  return violations.map(({ text }) => `- ${text.split("\n").map(escaped).join("<br>")}`).join("\n");
}

function counted(plans: readonly Plan[]): string {
  return `${words.counts(plans).map(emphasised).join(", ")}.`;
}

function emphasised({ text, tone }: words.Happening): string {
  return tone === "grave" ? `**${escaped(text)}**` : escaped(text);
}

function tableOf(plan: Plan, room: { left: number }): string[] {
  const connectors = words.changing(plan);
  const rows: string[] = [];
  for (const connector of connectors) {
    const row = rowOf(connector);
    if (room.left < row.length) break;
    room.left -= row.length;
    rows.push(row);
  }
  const hidden = connectors.length - rows.length;
  return [
    ...(rows.length === 0 ? [] : [[head, ...rows].join("\n")]),
    ...(hidden === 0 ? [] : [`… and ${hidden} more; the JSON report (\`--report plan.json\`) lists them all.`]),
  ];
}

function rowOf(connector: PlannedConnector): string {
  const [key = "", name] = words.labelParts(connector).map(code);
  const cells = [
    name === undefined ? key : `${key} (${name})`,
    words.happenings(connector).map(emphasised).join(", "),
    connector.fields.map((field) => fieldOf(field, connector)).join("<br>"),
    escaped(words.statusChange(connector)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function fieldOf(field: PlannedField, { effects }: PlannedConnector): string {
  if (field.credential) return `${code(field.path)} (credential)`;
  const values = words.values(field, effects.includes("create"));
  const shown = values.map(({ text, absent }) => (absent ? text : code(text))).join(" → ");
  return values.length === 0 ? code(field.path) : `${code(field.path)}: ${shown}`;
}
