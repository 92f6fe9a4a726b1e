import type { StackOptions } from "../stack/stack-options.js";
import type { Plan } from "../run/plan.js";
import type { Violation } from "../run/report.js";
import type { OpenSource } from "../source/source.js";
import { readPolicy } from "./policy/read.js";
import type { PolicyFlags } from "./policy/tighten.js";
import { tighten } from "./policy/tighten.js";
import { gate } from "./policy/violations.js";

/** Holds a plan against the policy. Where several stacks are one fleet, it waits for the plans of all of them. */
export type Gate = (plan: Plan) => Promise<readonly Violation[]>;

export interface OpenGate {
  readonly gate: Gate;
  /** Exceptions whose time is over. */
  readonly warnings: readonly string[];
}

/** @throws ConnectorError `SETTINGS_INVALID` with every problem of the policy's file, and of flags that would loosen it */
export async function openGate(options: GatedOptions, { manifest }: OpenSource): Promise<OpenGate> {
  if (options.fleet) return { gate: options.fleet.gate, warnings: [] };
  const { violations, warnings } = await openPolicy(options, manifest?.policy);
  return { gate: (plan) => Promise.resolve(violations([plan], manifest?.connectors.length)), warnings };
}

/** A policy, read. */
export interface OpenPolicy {
  /** Exceptions whose time is over. */
  readonly warnings: readonly string[];
  /** @param fleet how many connectors there are in all, where that is known */
  readonly violations: (plans: readonly Plan[], fleet?: number) => readonly Violation[];
}

/**
 * The policy that a command is held to: the rules of the file, tightened by the flags. Without either it allows everything.
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

/** Which policy a command is held to. Default: none. */
export interface PolicyOptions {
  /** A policy's file. Default: the one that the manifest names. */
  readonly policy?: string;
  /** Rules that tighten it. */
  readonly policyFlags?: PolicyFlags;
}

/** What the stacks of a fleet share during a run. */
export interface FleetContext {
  readonly gate: Gate;
  /** Unhealthy connectors so far, over all stacks. */
  readonly unhealthy: { total: number };
}

/** Options of the commands on stacks that are checked against a policy. */
export interface GatedOptions extends StackOptions, PolicyOptions {
  /** @internal Set by `overFleet`. */
  readonly fleet?: FleetContext;
}
