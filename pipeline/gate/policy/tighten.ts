import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../../provider/model/json.js";
import { loosened } from "./messages.js";
import { rules } from "./rules.js";
import type { Flag } from "./rule.js";
import type { Policy } from "./schema.js";

/** Rules that flags can tighten. A flag that would loosen a rule of the policy is refused. */
export interface PolicyFlags extends Pick<Policy, "limits" | "allow" | "untouchable"> {
  readonly require?: Omit<NonNullable<Policy["require"]>, "names">;
}

/** How each kind of flag combines with the policy's value. */
const kinds = {
  count: (own, given) => Math.min(Number(own), Number(given)),
  percent: (own, given) => Math.min(Number(own), Number(given)),
  forbid: (own, given) => own === true && given === true,
  require: (own, given) => own === true || given === true,
  globs: (own, given) => [...new Set([own, given].flat())],
} satisfies Record<Flag["kind"], (own: unknown, given: unknown) => unknown>;

/**
 * The stricter of policy and flags, rule by rule.
 *
 * @throws ConnectorError `SETTINGS_INVALID` that names every flag that would loosen a rule
 */
export function tighten(policy: Policy | undefined, flags: PolicyFlags): Policy {
  const loose = [];
  let tightened: Policy = policy ?? {};
  for (const { field, flag } of rules) {
    const given = flag && valueAt(flags, field);
    if (!flag || given === undefined) continue;
    const name = String(flag.usage.split(" ")[0]);
    const own = valueAt(tightened, field);
    const met = own === undefined ? given : kinds[flag.kind](own, given);
    if (!Array.isArray(met) && met !== given) loose.push({ flag: name, field, says: saying(own) });
    else if (!isDeepStrictEqual(met, own)) {
      tightened = { ...withValue(tightened, field, met), flags: { ...tightened.flags, [field]: name } };
    }
  }
  if (loose.length > 0) throw loosened(loose, policy?.file);
  return tightened;
}

function saying(own: unknown): string {
  if (typeof own === "boolean") return own ? "requires it" : "forbids it";
  return `allows ${String(own)}`;
}

function valueAt(rules: object, field: string): unknown {
  return field.split(".").reduce<unknown>((inner, part) => (isObject(inner) ? inner[part] : undefined), rules);
}

function withValue(rules: object, field: string, value: unknown): object {
  const [first = "", ...rest] = field.split(".");
  if (rest.length === 0) return { ...rules, [first]: value };
  const inner: unknown = Object.entries(rules).find(([key]) => key === first)?.[1];
  return { ...rules, [first]: withValue(isObject(inner) ? inner : {}, rest.join("."), value) };
}
