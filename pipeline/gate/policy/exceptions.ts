import { matcher as globMatcher } from "../../source/glob.js";
import type { RuleKey, Exception, Policy } from "./schema.js";
import { dayIn } from "./window.js";

/** Whether the last day of an exception has passed. */
export function isOver({ until }: Pick<Exception, "until">, policy: Policy, now: Date): boolean {
  return dayIn(policy.window?.timeZone ?? "UTC", now) > until;
}

export interface Named {
  /** The resource's name in the program or manifest. */
  readonly key: string;
  /** The connector's name at the service. */
  readonly name: string;
}

/** Whether any of the globs matches a connector's key or its name at the service. */
export function matcher(globs: readonly string[]): (connector: Named) => boolean {
  const matches = globMatcher(globs);
  return ({ key, name }) => matches(key) || matches(name);
}

/** The connectors that a rule does not apply to at this time. */
export function exceptedFrom(rule: RuleKey, policy: Policy, now: Date): (connector: Named) => boolean {
  const ones = (policy.exceptions ?? []).filter((each) => each.rule === rule && !isOver(each, policy, now));
  return matcher(ones.flatMap(({ connectors }) => connectors));
}
