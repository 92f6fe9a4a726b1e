import { violation, type Origin, type Statement } from "./messages.js";
import type { DeclaredConnector, PlannedConnector } from "../../run/plan.js";
import type { Named } from "./exceptions.js";
import type { Policy, RuleKey } from "./schema.js";

/** The whole fleet, over all its stacks, and the changes planned for it. */
export interface Fleet {
  readonly planned: readonly PlannedConnector[];
  readonly declared: readonly DeclaredConnector[];
  /** How many connectors there are. */
  readonly size: number;
  readonly now: Date;
}

/** A connector that a rule applies to. */
export interface Concerned extends Named {
  /** What is wrong with it, if not the same for all. */
  readonly detail?: string;
}

/** The flag that tightens a rule. */
export interface Flag {
  /** As it is written, e.g. `--max-creates <count>`. */
  readonly usage: string;
  readonly help: string;
  readonly kind: "count" | "percent" | "forbid" | "require" | "globs";
}

/** One rule: a row of the table that the gate, the flags and docs/policy.md are made from. Its description is in the schema. */
export interface Rule {
  readonly key: RuleKey;
  /** Its path in the file. */
  readonly field: string;
  readonly flag?: Flag;
  /** Connectors that it applies to, exceptions included; none if the policy does not have the rule. */
  concerned(policy: Policy, fleet: Fleet): readonly Concerned[];
  /** Whether this many are too many. Default: any is. */
  exceeded?(policy: Policy, fleet: Fleet, count: number): boolean;
  sentence(origin: Origin, policy: Policy, fleet: Fleet, connectors: readonly string[]): string;
}

type Words = Omit<Statement, "connectors" | "says" | "loosen">;

/** At most this many connectors. */
export function most(
  key: RuleKey,
  [usage, help]: readonly [usage: string, help: string],
  limitIn: (policy: Policy) => number | undefined,
  happens: (connector: PlannedConnector) => boolean,
  words: Words,
  field: string = key,
): Rule {
  return {
    key,
    field,
    flag: { usage, help, kind: "count" },
    concerned: (policy, { planned }) => (limitIn(policy) === undefined ? [] : planned.filter(happens)),
    exceeded: (policy, _, count) => count > (limitIn(policy) ?? Infinity),
    sentence: (origin, policy, _, connectors) =>
      violation(origin, { ...words, connectors, says: `allows ${limitIn(policy)}`, loosen: (at) => `raise ${at}` }),
  };
}

/** It happens to no connector. */
export function forbids(
  key: RuleKey,
  [usage, help]: readonly [usage: string, help: string],
  allowed: (policy: Policy) => boolean | undefined,
  happens: (connector: PlannedConnector) => boolean,
  words: Words,
): Rule {
  return {
    key,
    field: key,
    flag: { usage, help, kind: "forbid" },
    concerned: (policy, { planned }) => (allowed(policy) === false ? planned.filter(happens) : []),
    sentence: (origin, _policy, _fleet, connectors) =>
      violation(origin, { ...words, connectors, says: "forbids it", loosen: (at) => `set ${at} to true` }),
  };
}

/** No declared connector has the fault, except those that are about to be destroyed. */
export function requires(
  key: RuleKey,
  flag: Flag | undefined,
  faults: (policy: Policy) => ((connector: DeclaredConnector) => string | boolean) | undefined,
  words: (policy: Policy) => Words,
): Rule {
  return {
    key,
    field: key,
    ...(flag ? { flag } : {}),
    concerned: (policy, fleet) => {
      const faultOf = faults(policy);
      if (!faultOf) return [];
      return staying(fleet).flatMap((connector) => {
        const fault = faultOf(connector);
        if (fault === false) return [];
        return [fault === true ? connector : { ...connector, detail: fault }];
      });
    },
    sentence: (origin, policy, _, connectors) =>
      violation(origin, { ...words(policy), connectors, says: "forbids it", loosen: (at) => `change ${at}` }),
  };
}

/** Declared connectors, without those that are about to be destroyed. */
function staying({ declared, planned }: Fleet): readonly DeclaredConnector[] {
  const going = new Set(planned.filter(({ effects }) => effects.includes("destroy")).map(({ key }) => key));
  return declared.filter(({ key }) => !going.has(key));
}
