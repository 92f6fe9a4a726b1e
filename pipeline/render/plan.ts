import { oneLine } from "../../provider/errors/redact.js";
import { countOf, restartsIn, type Effect, type Plan, type PlannedConnector, type PlannedField } from "../run/plan.js";
import { effectWords, type Tone } from "../run/words.js";
import { counted } from "../run/messages.js";

/** What a plan says, for every medium. Contains no credential. */

export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/** What happens to one connector: `edited`, `restarts`, `left behind STOPPED, still holding its credentials`. */
export function happenings({ effects, notChecked, leftBehind, refused }: PlannedConnector): Toned[] {
  return [
    ...effects.map((effect) => {
      const { done, tone } = effectWords[effect];
      return { text: effect === "replace" ? `${done} (name and bpn change for its partners)` : done, tone };
    }),
    ...(leftBehind === undefined ? [] : [{ text: `left behind ${oneLine(leftBehind)}`, tone: "warning" as const }]),
    ...(refused === undefined ? [] : [{ text: `will fail: ${oneLine(refused)}`, tone: "danger" as const }]),
    ...(notChecked ? [{ text: "credentials not checked", tone: "warning" as const }] : []),
  ];
}

/** `RUNNING → STOPPED`, or one word if the status stays. */
export function statusChange({ status = "absent", becomes }: PlannedConnector): string {
  return status === becomes ? oneLine(status, 40) : `${oneLine(status, 40)} → ${oneLine(becomes, 40)}`;
}

export interface Value {
  readonly text: string;
  /** `text` is not a value but says that there is none. */
  readonly absent?: true;
}

/** The old and the new value of a plain field; nothing for a credential. */
export function values({ credential, from, to, unknown }: PlannedField, created: boolean): Value[] {
  if (credential || (from === undefined && to === undefined && !unknown)) return [];
  const after: Value = unknown ? { text: "not known yet", absent: true } : valueOf(to);
  return created && from === undefined ? [after] : [valueOf(from), after];
}

function valueOf(value: unknown): Value {
  if (value === undefined || value === null) return { text: "none", absent: true };
  return { text: oneLine(typeof value === "string" && value !== "" ? value : JSON.stringify(value), 60) };
}

/** The connectors that change. */
export function changing(plan: Plan): readonly PlannedConnector[] {
  return plan.connectors.filter(({ effects, leftBehind }) => effects.length > 0 || leftBehind !== undefined);
}

/** `1 created`, `2 edited (1 with credentials)`, `2 restarts`, …, `37 unchanged`. */
export function counts(plans: readonly Plan[]): Toned[] {
  const sum = (count: (plan: Plan) => number) => plans.reduce((total, plan) => total + count(plan), 0);
  const effects = (Object.keys(effectWords) as Effect[]).flatMap((effect): Toned[] => {
    const { done, tone } = effectWords[effect];
    const count = sum((plan) => (effect === "restart" ? restartsIn(plan) : countOf(plan, effect)));
    if (count === 0) return [];
    if (effect === "restart") return [{ text: counted(count, "restart"), tone }];
    const pushed = effect === "edit" ? sum((plan) => plan.connectors.filter(editsCredentials).length) : 0;
    return [{ text: `${count} ${done}${pushed === 0 ? "" : ` (${pushed} with credentials)`}`, tone }];
  });
  const nothing = plans.some(({ others }) => others.length > 0) ? "no connector changes" : "nothing changes";
  const leftBehind = sum((plan) => plan.connectors.filter((connector) => connector.leftBehind !== undefined).length);
  return [
    ...(effects.length === 0 ? [{ text: nothing, tone: "neutral" as const }] : effects),
    ...(leftBehind === 0 ? [] : [{ text: `${leftBehind} left behind`, tone: "warning" as const }]),
    { text: `${sum(unchangedIn)} unchanged`, tone: "neutral" },
  ];
}

function editsCredentials({ effects, fields }: PlannedConnector): boolean {
  return effects.includes("edit") && fields.some(({ credential }) => credential);
}

function unchangedIn(plan: Plan): number {
  const changed = new Set(changing(plan).map(({ key }) => key));
  return plan.declared.filter(({ key }) => !changed.has(key)).length;
}

/** How a medium writes a plan. */
export interface PlanMedium {
  /** `counts` below or beside the title. */
  readonly titled: (title: string, name: string | undefined, counts: string) => string;
  readonly name: (name: string) => string;
  readonly toned: (words: Toned) => string;
  /** The connectors that change: at least one. */
  readonly table: (connectors: readonly PlannedConnector[]) => string;
}

/** Plans as paragraphs: one plan per stack, and a sum for several. */
export function paragraphsOf(plans: readonly Plan[], { titled, name, toned, table }: PlanMedium): string[] {
  const sum = (of: readonly Plan[]) => `${counts(of).map(toned).join(", ")}.`;
  const notChecked = plans.flatMap(({ connectors }) => connectors.filter((each) => each.notChecked)).length;
  return [
    ...plans.flatMap((plan) => [
      titled("Stack", plan.stack, sum([plan])),
      ...(changing(plan).length === 0 ? [] : [table(changing(plan))]),
      ...(plan.others.length === 0 ? [] : [`Other resources: ${plan.others.map(name).join(", ")}.`]),
    ]),
    ...(plans.length > 1 ? [titled(`All ${plans.length} stacks`, undefined, sum(plans))] : []),
    ...(notChecked === 0
      ? []
      : [toned({ text: `Credentials not checked: ${notChecked} (--no-credentials).`, tone: "warning" })]),
  ];
}
