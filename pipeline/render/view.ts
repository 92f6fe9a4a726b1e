import type { DeclaredConnector, Plan, PlannedConnector } from "../run/plan.js";
import { changing } from "./plan-words.js";
import type { ConnectorOutcome, Drift, ExitCode, Report, Violation } from "../run/report.js";
import { counted, endingOf, isLook, resultWords, type Tone } from "./words.js";

/** Something of one stack, where a report is about several. */
export type In<T> = T & { readonly stack: string | undefined };
export type Told = In<{ readonly text: string }>;

/** What a report says, over one or several stacks, in the order in which it says it. */
export interface View {
  readonly command: string;
  /** `prod`, `4 stacks`, or nothing. */
  readonly place: string;
  readonly stacks: readonly Report[];
  readonly exitCode: ExitCode;
  readonly tone: Tone;
  readonly ending: string;
  /** Sentences; what the plans say is left to who renders them. */
  readonly summary: readonly string[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** One a stack that had one. */
  readonly plans: readonly Plan[];
  /** What something was planned for. */
  readonly planned: readonly In<PlannedConnector>[];
  readonly declared: readonly In<DeclaredConnector>[];
  readonly unchanged: readonly In<DeclaredConnector>[];
  readonly others: readonly Told[];
  readonly outcomes: readonly In<ConnectorOutcome>[];
  readonly drift: readonly In<Drift>[] | undefined;
  readonly violations: readonly Violation[];
  readonly differences: readonly Told[];
  readonly requests: readonly (readonly [call: string, count: number])[];
  readonly notes: readonly Told[];
  readonly warnings: readonly Told[];
  readonly errors: readonly Told[];
}

const worstFirst: readonly ExitCode[] = [130, 1, 4, 3, 2, 0];
const results = ["failed", "rolledBack", "done", "notStarted"] as const;
/** Several reports, of one command over the shards of a fleet, become one. */
export function viewOf(reports: readonly Report[]): View {
  const [first] = reports;
  const began = reports.map((report) => Date.parse(report.startedAt));
  const startedAt = began.length > 0 ? Math.min(...began) : Date.now();
  const endedAt = Math.max(startedAt, ...reports.map((report) => Date.parse(report.startedAt) + report.durationMs));
  const all = <T extends object>(list: (report: Report) => readonly T[]): In<T>[] =>
    reports.flatMap((report) => list(report).map((each) => ({ ...each, stack: report.stack })));
  const said = (list: (report: Report) => readonly string[]) => all((report) => list(report).map((text) => ({ text })));

  const parts = {
    planned: all(({ plan }) => (plan ? changing(plan) : [])).sort(byKey),
    declared: all(({ plan }) => plan?.declared ?? []).sort(byKey),
    others: said(({ plan }) => plan?.others ?? []),
    outcomes: all(({ connectors }) => connectors).sort(worstThenByKey),
    drift: reports.some(({ drift }) => drift) ? all(({ drift }) => drift ?? []) : undefined,
    violations: merged(reports.flatMap(({ violations }) => violations)),
    differences: said(({ differences }) => differences),
    requests: sum(reports.map(({ requests }) => requests)),
    notes: said(({ notes }) => notes),
    warnings: said(({ warnings }) => warnings),
    // What a connector's own row says isn't said twice.
    errors: said(({ errors, connectors }) => errors.filter((text) => !connectors.some(({ error }) => error === text))),
  };
  const touched = new Set(parts.planned.map(({ stack, key }) => `${stack}\n${key}`));
  const exitCode = combinedExitCode(reports);
  const command = first?.command ?? "";
  const ending = endingOf(command, exitCode, {
    planned: parts.planned.length > 0 || parts.others.length > 0,
    policyViolated: parts.violations.length > 0,
  });
  return {
    command,
    place: reports.length > 1 ? counted(reports.length, "stack") : (first?.stack ?? ""),
    stacks: reports,
    exitCode,
    tone: ending.tone,
    ending: ending.text,
    plans: reports.flatMap(({ plan }) => plan ?? []),
    summary: summaryOf(parts),
    startedAt,
    durationMs: endedAt - startedAt,
    unchanged: parts.declared.filter(({ stack, key }) => !touched.has(`${stack}\n${key}`)),
    ...parts,
  };
}

/** The first that applies, over all shards. */
export function combinedExitCode(reports: readonly Report[]): ExitCode {
  return worstFirst.find((code) => reports.some(({ exitCode }) => exitCode === code)) ?? 0;
}

function resultCounts(outcomes: readonly ConnectorOutcome[]) {
  return results
    .map((result) => [result, outcomes.filter((each) => each.result === result).length] as const)
    .filter(([, count]) => count > 0);
}

type Parts = Pick<View, "outcomes" | "drift" | "violations" | "differences" | "requests" | "warnings">;

function summaryOf(parts: Parts): string[] {
  const { outcomes, drift, violations, differences, requests } = parts;
  const changes = requests.filter(([call]) => !isLook(call)).reduce((total, [, count]) => total + count, 0);
  const list = (counts: readonly (readonly [string, number])[]) =>
    counts.map(([word, count]) => `${count} ${word}`).join(", ");
  const ended = resultCounts(outcomes).map(([result, count]) => [resultWords[result], count] as const);
  return [
    ...(outcomes.length > 0 ? [`What became of ${counted(outcomes.length, "connector")}: ${list(ended)}.`] : []),
    ...(drift ? [driftSentence(drift)] : []),
    ...(violations.length > 0 ? [`${counted(violations.length, "rule")} of the policy violated.`] : []),
    ...(differences.length > 0 ? [`${counted(differences.length, "difference")} from what was approved.`] : []),
    ...(changes > 0 ? [`Sent ${counted(changes, "request")} to change something.`] : []),
  ];
}

function driftSentence(drift: readonly Drift[]): string {
  const unmanaged = drift.filter(({ kind }) => kind === "unmanaged").length;
  const differing = drift.length - unmanaged;
  const parts = [
    ...(differing > 0 ? [`${counted(differing, "connector")} not as state says`] : []),
    ...(unmanaged > 0 ? [`${unmanaged} unmanaged`] : []),
  ];
  return `${parts.length > 0 ? parts.join(", ") : "No drift was seen"}.`;
}

/** Every shard's gate looks at the whole fleet, so that shards report the same violation. */
function merged(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values()];
}

function sum(each: readonly Readonly<Record<string, number>>[]): (readonly [string, number])[] {
  const total = new Map<string, number>();
  for (const requests of each)
    for (const [call, count] of Object.entries(requests)) total.set(call, (total.get(call) ?? 0) + count);
  return [...total].filter(([, count]) => count > 0);
}

function byKey(one: In<{ readonly key: string }>, other: In<{ readonly key: string }>): number {
  return compare(one.key, other.key) || compare(one.stack ?? "", other.stack ?? "");
}

function worstThenByKey(one: In<ConnectorOutcome>, other: In<ConnectorOutcome>): number {
  return results.indexOf(one.result) - results.indexOf(other.result) || byKey(one, other);
}

const { compare } = new Intl.Collator("en", { numeric: true });
