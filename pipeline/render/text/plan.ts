import { redact } from "../../../provider/errors/redact.js";
import type { Tone } from "../../run/effect-words.js";
import type { Plan, PlannedConnector, PlannedField } from "../../run/plan.js";
import * as words from "../plan-words.js";
import type { Violation } from "../../run/report.js";

/** Colours a text, or gives it back as it is. */
export type Style = (style: "green" | "yellow" | "red" | "bold" | "dim", text: string) => string;

/** Aligns cells in columns. */
export type Table = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

export interface PlanTextOptions {
  readonly violations?: readonly Violation[];
  readonly table: Table;
  /** Default: no colours. */
  readonly style?: Style;
}

const colours = { good: "green", notable: "yellow", grave: "red" } as const;

/** What will happen, for people at a terminal. One plan per shard; violations of the policy stand below. */
export function planText(
  plans: readonly Plan[],
  { violations = [], table, style = (_, text) => text }: PlanTextOptions,
): string {
  const toned = ({ text, tone }: { text: string; tone: Tone }) =>
    tone === "plain" ? text : style(colours[tone], text);
  const counted = (of: readonly Plan[]) => `${words.counts(of).map(toned).join(", ")}.`;
  const notChecked = words.notCheckedIn(plans);
  return [
    ...plans.flatMap((plan) => [
      `${style("bold", `Stack ${plan.stack}`)}: ${counted([plan])}`,
      ...tableOf(plan, table, style, toned),
      ...(plan.others.length === 0 ? [] : [redact(`Besides connectors: ${plan.others.join(", ")}.`)]),
    ]),
    ...(plans.length > 1 ? [`${style("bold", `All ${plans.length} stacks`)}: ${counted(plans)}`] : []),
    ...(notChecked === 0 ? [] : [style("yellow", `Credentials not checked: ${notChecked} (--no-credentials).`)]),
    ...(violations.length === 0 ? [] : [violationsText(violations, style)]),
  ].join("\n\n");
}

/** What the policy refuses, every rule. */
export function violationsText(violations: readonly Violation[], style: Style = (_, text) => text): string {
  return [
    style("red", `Refused by policy, ${violations.length === 1 ? "1 rule" : `${violations.length} rules`}:`),
    ...violations.map(({ text }) => redact(`✗ ${text.replaceAll("\n", "\n  ")}`)),
  ].join("\n");
}

function tableOf(plan: Plan, table: Table, style: Style, toned: (happening: words.Happening) => string): string[] {
  const rows = words
    .changing(plan)
    .map((connector) => [
      labelOf(connector),
      words.happenings(connector).map(toned).join(", "),
      connector.fields.map((field) => fieldLine(field, connector, style)).join("\n"),
      words.statusChange(connector),
    ]);
  return rows.length === 0 ? [] : [table(["connector", "what happens", "fields", "status"], rows)];
}

function labelOf(connector: PlannedConnector): string {
  const [key, name] = words.labelParts(connector);
  return name === undefined ? String(key) : `${key} (${name})`;
}

function fieldLine(field: PlannedField, { effects }: PlannedConnector, style: Style): string {
  if (field.credential) return `${field.path} ${style("dim", "(credential)")}`;
  const values = words.values(field, effects.includes("create"));
  return values.length === 0 ? field.path : `${field.path}: ${values.map(({ text }) => text).join(" → ")}`;
}
