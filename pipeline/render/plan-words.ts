import { quote } from "../../provider/errors/redact.js";
import { effectWords, type Tone } from "../run/effect-words.js";
import { countOf, restartsIn, type Effect, type Plan, type PlannedConnector, type PlannedField } from "../run/plan.js";

/** What a plan says, in words that every rendering shares. Nothing here is a credential. */

export interface Happening {
  readonly text: string;
  readonly tone: Tone;
}

/** What happens to one connector: `edited`, `restarts`, `left behind STOPPED, still holding its credentials`. */
export function happenings({ effects, notChecked, leftBehind, refused }: PlannedConnector): Happening[] {
  return [
    ...effects.map((effect) => {
      const { done, tone } = effectWords[effect];
      return { text: effect === "replace" ? `${done} (name and bpn change for its partners)` : done, tone };
    }),
    ...(leftBehind === undefined ? [] : [{ text: `left behind ${quote(leftBehind)}`, tone: "notable" as const }]),
    ...(refused === undefined ? [] : [{ text: `will fail: ${quote(refused)}`, tone: "grave" as const }]),
    ...(notChecked ? [{ text: "credentials not checked", tone: "notable" as const }] : []),
  ];
}

/** `acme`, or `acme (acme-edc)` where the service has another name for it. */
export function labelParts({ key, name }: Pick<PlannedConnector, "key" | "name">): string[] {
  return (key === name ? [key] : [key, name]).map((part) => quote(part, 80));
}

/** `RUNNING → STOPPED`, or one word where it ends as it is. */
export function statusChange({ status = "absent", becomes }: PlannedConnector): string {
  return status === becomes ? quote(status, 40) : `${quote(status, 40)} → ${quote(becomes, 40)}`;
}

export interface Value {
  readonly text: string;
  /** It stands for a value that isn't there. */
  readonly absent?: true;
}

/** The old and the new value of a plain field; nothing of a credential. */
export function values({ credential, from, to, unknown }: PlannedField, created: boolean): Value[] {
  if (credential || (from === undefined && to === undefined && !unknown)) return [];
  const after: Value = unknown ? { text: "not known yet", absent: true } : valueOf(to);
  return created && from === undefined ? [after] : [valueOf(from), after];
}

function valueOf(value: unknown): Value {
  if (value === undefined || value === null) return { text: "none", absent: true };
  return { text: quote(typeof value === "string" && value !== "" ? value : JSON.stringify(value), 60) };
}

/** Connectors that something happens to. */
export function changing(plan: Plan): readonly PlannedConnector[] {
  return plan.connectors.filter(({ effects, leftBehind }) => effects.length > 0 || leftBehind !== undefined);
}

/** `1 created`, `2 edited (1 with credentials)`, `2 restarts`, …, `37 unchanged`. */
export function counts(plans: readonly Plan[]): Happening[] {
  const sum = (count: (plan: Plan) => number) => plans.reduce((total, plan) => total + count(plan), 0);
  const effects = (Object.keys(effectWords) as Effect[]).flatMap((effect): Happening[] => {
    const { done, tone } = effectWords[effect];
    const count = sum((plan) => (effect === "restart" ? restartsIn(plan) : countOf(plan, effect)));
    if (count === 0) return [];
    if (effect === "restart") return [{ text: count === 1 ? "1 restart" : `${count} restarts`, tone }];
    const pushed = effect === "edit" ? sum((plan) => plan.connectors.filter(editsCredentials).length) : 0;
    return [{ text: `${count} ${done}${pushed === 0 ? "" : ` (${pushed} with credentials)`}`, tone }];
  });
  const nothing = plans.some(({ others }) => others.length > 0) ? "no connector changes" : "nothing changes";
  const leftBehind = sum((plan) => plan.connectors.filter((connector) => connector.leftBehind !== undefined).length);
  return [
    ...(effects.length === 0 ? [{ text: nothing, tone: "plain" as const }] : effects),
    ...(leftBehind === 0 ? [] : [{ text: `${leftBehind} left behind`, tone: "notable" as const }]),
    { text: `${sum(unchangedIn)} unchanged`, tone: "plain" },
  ];
}

function editsCredentials({ effects, fields }: PlannedConnector): boolean {
  return effects.includes("edit") && fields.some(({ credential }) => credential);
}

function unchangedIn(plan: Plan): number {
  const changed = new Set(changing(plan).map(({ key }) => key));
  return plan.declared.filter(({ key }) => !changed.has(key)).length;
}

/** How many connectors' credentials were not looked at. */
export function notCheckedIn(plans: readonly Plan[]): number {
  return plans.reduce((total, plan) => total + plan.connectors.filter(({ notChecked }) => notChecked).length, 0);
}
