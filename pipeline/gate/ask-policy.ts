import type { Plan } from "../run/plan.js";
import { gate } from "./policy/violations.js";
import { readPolicy } from "./policy/read.js";
import { tighten, type PolicyFlags } from "./policy/tighten.js";
import type { Violation } from "../run/report.js";

/** Which policy an operator's command is held to; none unless told. */
export interface PolicyOptions {
  /** A policy's file. */
  readonly policy?: string;
  /** Rules that tighten it. */
  readonly policyFlags?: PolicyFlags;
}

export interface Guard {
  /**
   * The rules that a plan violates.
   *
   * @param fleet How many connectors the account has.
   */
  readonly gate: (plan: Plan, fleet: number) => readonly Violation[];
  /** Exceptions whose time is over. */
  readonly warnings: readonly string[];
}

/** @throws ConnectorError `SETTINGS_INVALID` with every problem of the policy's file, and of flags that would loosen it */
export async function guardOf({ policy: file, policyFlags = {} }: PolicyOptions): Promise<Guard> {
  const { policy, warnings } = file === undefined ? { policy: undefined, warnings: [] } : await readPolicy(file);
  const tightened = tighten(policy, policyFlags);
  return { gate: (plan, fleet) => gate(tightened, [plan], { now: new Date(), fleet }), warnings };
}
