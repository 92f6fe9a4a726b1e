import type { DeclaredConnector, Plan, PlannedConnector } from "../run/plan.js";
import {
  combinedExitCode,
  type ConnectorOutcome,
  type Drift,
  type ExitCode,
  type Report,
  type Result,
  type Violation,
} from "../run/report.js";
import { resultWords } from "../run/words.js";
import { changing } from "./plan.js";
import { counted } from "../run/messages.js";
import { conclusionOf, requestEffect, type Conclusion } from "./words.js";

/** An item of a report on several stacks, with its stack. */
export type InStack<T> = T & { readonly stack: string | undefined };
export type Message = InStack<{ readonly text: string }>;

/** The contents of a report on one or several stacks, in the order in which every medium shows them. */
export interface View {
  readonly command: string;
  /** `prod`, `4 stacks`, or empty. */
  readonly place: string;
  readonly stacks: readonly Report[];
  readonly exitCode: ExitCode;
  readonly conclusion: Conclusion;
  /** Sentences, without those on the plans. */
  readonly summary: readonly string[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** One per stack that has one. */
  readonly plans: readonly Plan[];
  /** The connectors that the plans change. */
  readonly planned: readonly InStack<PlannedConnector>[];
  readonly declared: readonly InStack<DeclaredConnector>[];
  readonly unchanged: readonly InStack<DeclaredConnector>[];
  readonly others: readonly Message[];
  readonly outcomes: readonly InStack<ConnectorOutcome>[];
  readonly drift: readonly InStack<Drift>[] | undefined;
  readonly violations: readonly Violation[];
  readonly differences: readonly Message[];
  readonly requests: readonly (readonly [call: string, count: number])[];
  readonly notes: readonly Message[];
  readonly warnings: readonly Message[];
  readonly errors: readonly Message[];
}

/** Worst first. */
const results = Object.keys(resultWords) as Result[];

/** Merges the reports of one command on the stacks of a fleet. */
export function viewOf(reports: readonly Report[]): View {
  const [first] = reports;
  const began = reports.map((report) => Date.parse(report.startedAt));
  const startedAt = began.length > 0 ? Math.min(...began) : Date.now();
  const endedAt = Math.max(startedAt, ...reports.map((report) => Date.parse(report.startedAt) + report.durationMs));
  const all = <T extends object>(list: (report: Report) => readonly T[]): InStack<T>[] =>
    reports.flatMap((report) => list(report).map((each) => ({ ...each, stack: report.stack })));
  const texts = (list: (report: Report) => readonly string[]) =>
    all((report) => list(report).map((text) => ({ text })));

  const parts = {
    planned: all(({ plan }) => (plan ? changing(plan) : [])).sort(byKey),
    declared: all(({ plan }) => plan?.declared ?? []).sort(byKey),
    others: texts(({ plan }) => plan?.others ?? []),
    outcomes: all(({ connectors }) => connectors).sort(worstThenByKey),
    drift: reports.some(({ drift }) => drift) ? all(({ drift }) => drift ?? []) : undefined,
    violations: merged(reports.flatMap(({ violations }) => violations)),
    differences: texts(({ differences }) => differences),
    requests: sum(reports.map(({ requests }) => requests)),
    notes: texts(({ notes }) => notes),
    warnings: texts(({ warnings }) => warnings),
    // Without those that the row of a connector shows.
    errors: texts(({ errors, connectors }) => errors.filter((text) => !connectors.some(({ error }) => error === text))),
  };
  const changed = new Set(parts.planned.map(({ stack, key }) => `${stack}\n${key}`));
  const exitCode = combinedExitCode(reports);
  const command = first?.command ?? "";
  return {
    command,
    place: reports.length > 1 ? counted(reports.length, "stack") : (first?.stack ?? ""),
    stacks: reports,
    exitCode,
    conclusion: conclusionOf(command, exitCode, {
      planned: parts.planned.length > 0 || parts.others.length > 0,
      policyViolated: parts.violations.length > 0,
    }),
    plans: reports.flatMap(({ plan }) => plan ?? []),
    summary: summaryOf(parts),
    startedAt,
    durationMs: endedAt - startedAt,
    unchanged: parts.declared.filter(({ stack, key }) => !changed.has(`${stack}\n${key}`)),
    ...parts,
  };
}

type Parts = Pick<View, "outcomes" | "drift" | "violations" | "differences" | "requests" | "warnings">;

function summaryOf(parts: Parts): string[] {
  const { outcomes, drift, violations, differences, requests } = parts;
  const changes = requests.reduce((sum, [call, count]) => sum + (requestEffect(call) === "changes" ? count : 0), 0);
  const ended = results.flatMap((result) => {
    const count = outcomes.filter((each) => each.result === result).length;
    return count > 0 ? [`${count} ${resultWords[result].text}`] : [];
  });
  return [
    ...(outcomes.length > 0 ? [`${counted(outcomes.length, "connector")}: ${ended.join(", ")}.`] : []),
    ...(drift ? [driftSentence(drift)] : []),
    ...(violations.length > 0 ? [`Violates ${counted(violations.length, "rule")} of the policy.`] : []),
    ...(differences.length > 0 ? [`${counted(differences.length, "difference")} from the approved plan.`] : []),
    ...(changes > 0 ? [`Sent ${counted(changes, "changing request")}.`] : []),
  ];
}

function driftSentence(drift: readonly Drift[]): string {
  const unmanaged = drift.filter(({ kind }) => kind === "unmanaged").length;
  const differing = drift.length - unmanaged;
  const parts = [
    ...(differing > 0 ? [`${counted(differing, "connector differs", "connectors differ")} from state`] : []),
    ...(unmanaged > 0 ? [`${unmanaged} unmanaged`] : []),
  ];
  return `${parts.length > 0 ? parts.join(", ") : "No drift"}.`;
}

/** The stacks of a fleet report the same violations, because the policy is checked against the whole fleet. */
function merged(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values()];
}

function sum(each: readonly Readonly<Record<string, number>>[]): (readonly [string, number])[] {
  const total = new Map<string, number>();
  for (const requests of each)
    for (const [call, count] of Object.entries(requests)) total.set(call, (total.get(call) ?? 0) + count);
  return [...total].filter(([, count]) => count > 0);
}

function byKey(one: InStack<{ readonly key: string }>, other: InStack<{ readonly key: string }>): number {
  return compare(one.key, other.key) || compare(one.stack ?? "", other.stack ?? "");
}

function worstThenByKey(one: InStack<ConnectorOutcome>, other: InStack<ConnectorOutcome>): number {
  return results.indexOf(one.result) - results.indexOf(other.result) || byKey(one, other);
}

const { compare } = new Intl.Collator("en", { numeric: true });
