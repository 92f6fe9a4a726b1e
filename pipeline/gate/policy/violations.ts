import type { Plan } from "../../run/plan.js";
import type { Violation } from "../../run/report.js";
import { exceptedFrom } from "./exceptions.js";
import { rules } from "./rules.js";
import type { Fleet } from "./rule.js";
import type { Policy } from "./schema.js";

export interface GateOptions {
  /** For the window and for exceptions that expire. */
  readonly now: Date;
  /**
   * Number of connectors in the fleet.
   *
   * @default those that the plans declare
   */
  readonly fleet?: number;
}

/**
 * Every rule of the policy that the plans violate, in the order of the rules; none without a policy.
 *
 * @param plans one per stack: limits count the whole fleet
 */
export function gate(policy: Policy | undefined, plans: readonly Plan[], options: GateOptions): Violation[] {
  if (!policy) return [];
  const declared = plans.flatMap((plan) => plan.declared);
  const fleet: Fleet = {
    planned: plans.flatMap((plan) => plan.connectors),
    declared,
    size: options.fleet ?? declared.length,
    now: options.now,
  };
  return rules.flatMap((rule): Violation[] => {
    const excepted = exceptedFrom(rule.key, policy, fleet.now);
    const concerned = rule.concerned(policy, fleet).filter((connector) => !excepted(connector));
    const exceeded = rule.exceeded?.(policy, fleet, concerned.length) ?? true;
    if (concerned.length === 0 || !exceeded) return [];
    const origin = { rule: rule.key, field: rule.field, file: policy.file, flag: policy.flags?.[rule.field] };
    const labels = concerned.map(({ key, detail }) => (detail === undefined ? key : `${key}: ${detail}`));
    return [
      {
        rule: rule.key,
        text: rule.sentence(origin, policy, fleet, labels),
        connectors: concerned.map(({ key }) => key),
      },
    ];
  });
}
