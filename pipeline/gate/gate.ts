import { gate } from "./policy/violations.js";
import { readPolicy } from "./policy/read.js";
import { tighten } from "./policy/tighten.js";
import type { Plan } from "../run/plan.js";
import type { Violation } from "../run/report.js";
import type { Manifest } from "../source/manifest/manifest.js";
import type { OpenSource } from "../source/source.js";
import type { GatedOptions } from "../stack/stack-options.js";

/** Holds a plan against the policy. Where several stacks are one fleet, it waits for the plans of all of them. */
export type Gate = (plan: Plan) => Promise<readonly Violation[]>;

export interface OpenGate {
  readonly gate: Gate;
  /** Exceptions whose time is over. */
  readonly warnings: readonly string[];
}

/** @throws ConnectorError `SETTINGS_INVALID` with every problem of the policy's file, and of flags that would loosen it */
export async function openGate(options: GatedOptions, { manifest }: OpenSource): Promise<OpenGate> {
  const { gate: shared } = options;
  if (shared) return { gate: shared, warnings: [] };
  const { violations, warnings } = await policyOf(options, manifest);
  return { gate: (plan) => Promise.resolve(violations([plan])), warnings };
}

/** The policy that a command is held to: the rules of the file, and those of the flags. Throws as {@link openGate} does. */
export async function policyOf(options: GatedOptions, manifest: Manifest | undefined) {
  const file = options.policy ?? manifest?.policy;
  const { policy, warnings } = file === undefined ? { policy: undefined, warnings: [] } : await readPolicy(file);
  const tightened = tighten(policy, options.policyFlags ?? {});
  const fleet = manifest ? { fleet: manifest.connectors.length } : {};
  return { warnings, violations: (plans: readonly Plan[]) => gate(tightened, plans, { now: new Date(), ...fleet }) };
}
