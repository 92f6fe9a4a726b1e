import type { StackOptions } from "../stack/stack-options.js";
import type { Plan } from "../run/plan.js";
import type { Violation } from "../run/report.js";
import type { OpenSource } from "../source/source.js";
import { readPolicy } from "./policy/read.js";
import type { PolicyFlags } from "./policy/tighten.js";
import { tighten } from "./policy/tighten.js";
import { gate } from "./policy/violations.js";

/** Checks a plan against the policy. In a fleet it waits for the plans of all stacks. */
export type Gate = (plan: Plan) => Promise<readonly Violation[]>;

/**
 * Asks the policy once more, at the last moment: since the gate its window may have closed, and exceptions may have expired.
 *
 * @param plan what is still to be done
 */
export type GateAgain = (plan: Plan) => readonly Violation[];

export interface OpenGate {
  readonly gate: Gate;
  readonly gateAgain: GateAgain;
  /** Expired exceptions. */
  readonly warnings: readonly string[];
}

/** @throws ConnectorError `SETTINGS_INVALID` with every problem of the policy's file, and of flags that would loosen it */
export async function openGate(options: GatedOptions, { manifest }: OpenSource): Promise<OpenGate> {
  if (options.fleet) return { gate: options.fleet.gate, gateAgain: options.fleet.gateAgain, warnings: [] };
  const { violations, warnings } = await openPolicy(options, manifest?.policy);
  const gateAgain: GateAgain = (plan) => violations([plan], manifest?.connectors.length);
  return { gate: (plan) => Promise.resolve(gateAgain(plan)), gateAgain, warnings };
}

/** A policy that was read. */
export interface OpenPolicy {
  /** Expired exceptions. */
  readonly warnings: readonly string[];
  /** @param fleet number of connectors in the fleet, if known */
  readonly violations: (plans: readonly Plan[], fleet?: number) => readonly Violation[];
}

/**
 * The policy of a command: the rules of the file, tightened by the flags. Without either it allows everything.
 *
 * @param declared the file that a manifest names
 * @throws ConnectorError `SETTINGS_INVALID` with every problem of the policy's file, and of flags that would loosen it
 */
export async function openPolicy(
  { policy: given, policyFlags = {} }: PolicyOptions,
  declared?: string,
): Promise<OpenPolicy> {
  const file = given ?? declared;
  const { policy, warnings } = file === undefined ? { policy: undefined, warnings: [] } : await readPolicy(file);
  const tightened = tighten(policy, policyFlags);
  return {
    warnings,
    violations: (plans, fleet) =>
      gate(tightened, plans, { now: new Date(), ...(fleet === undefined ? {} : { fleet }) }),
  };
}

/** The policy that a command is checked against. */
export interface PolicyOptions {
  /**
   * Path of a policy file.
   *
   * @default the one that the manifest names, or none
   */
  readonly policy?: string;
  /** Rules that are stricter than those of the file. A rule that would loosen one is refused. */
  readonly policyFlags?: PolicyFlags;
}

/** What the stacks of a fleet share during a run. */
export interface FleetContext {
  readonly gate: Gate;
  readonly gateAgain: GateAgain;
  /** Unhealthy connectors so far, over all stacks. */
  readonly unhealthy: { total: number };
}

/** Options of the commands on stacks that are checked against a policy. */
export interface GatedOptions extends StackOptions, PolicyOptions {
  /** @internal Set by `overFleet`. */
  readonly fleet?: FleetContext;
}
