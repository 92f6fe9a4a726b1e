import { keyOf as resourceOf } from "../../provider/model/connector-type.js";
import { identityOf } from "../../provider/model/name.js";
import { statusKind } from "../../provider/model/status.js";
import type { PipelineEvent } from "./events.js";
import type { JournalLine } from "./journal.js";
import type { Plan } from "./plan.js";
import type { Moment } from "./report.js";

/** Observations of a run, by the engine and by the provider. */
export interface Sources {
  readonly events?: Iterable<PipelineEvent>;
  readonly journal?: Iterable<JournalLine>;
}

export interface History {
  /** By key. */
  readonly timelines: ReadonlyMap<string, readonly Moment[]>;
  /** Number of requests, by kind, changes first. */
  readonly requests: Readonly<Record<string, number>>;
}

/** Requests that change something, then those that read. Other kinds come last. */
const kinds = ["create", "edit", "start", "stop", "fail", "delete", "get", "list"];

/**
 * The statuses of every connector over time, and the requests, from a run's events and its provider's journal. For a connector
 * in the journal the journal is used: both say the same, and events arrive later.
 */
export function historyOf({ events = [], journal = [] }: Sources): History {
  const seen = [...events].sort(byTime);
  const written = [...journal].sort(byTime);
  const keyOf = keysOfLines(seen);
  const observations = new Map<string, Moment[]>();
  for (const line of written) {
    const key = line.kind === "status" ? keyOf(line) : undefined;
    if (line.kind === "status" && key !== undefined)
      listIn(observations, key).push(moment(line.at, line.status ?? "absent", line.restartAwaited ?? false));
  }
  const fromJournal = new Set(observations.keys());
  for (const event of seen)
    if (event.type === "status" && !fromJournal.has(event.key))
      listIn(observations, event.key).push(moment(event.at, event.status, event.restartAwaited));
  const spans = spansIn(seen);
  const planned = plannedStatuses(seen);
  return {
    timelines: new Map(
      [...observations].map(([key, moments]) => [key, framed(moments, planned.get(key), spans.get(key) ?? {})]),
    ),
    requests: countRequests(written),
  };
}

/** When a connector went down, for the times that it came up again. */
export function restartsAt(timeline: readonly Moment[]): number[] {
  const restarts: number[] = [];
  let up = false;
  let downAt: number | undefined;
  for (const { at, status } of timeline) {
    if (status === "absent") {
      // From here on it is another connector.
      up = false;
      downAt = undefined;
    } else if (statusKind(status) === "running") {
      if (downAt !== undefined) restarts.push(downAt);
      up = true;
      downAt = undefined;
    } else if (up) downAt ??= at;
  }
  return restarts;
}

/** From the planned status, when the operation began, to the last one, when it ended. */
function framed(observations: readonly Moment[], planned: string | undefined, { begun, ended }: Span): Moment[] {
  const [first] = observations;
  const opening = planned !== undefined && begun !== undefined && begun <= (first?.at ?? begun);
  const moments = [...(opening ? [moment(begun, planned, false)] : []), ...observations];
  const changes = moments.filter((each, index) => !isSame(each, moments[index - 1]));
  const last = changes.at(-1);
  const until = Math.max(ended ?? 0, moments.at(-1)?.at ?? 0);
  return last && until > last.at ? [...changes, { ...last, at: until }] : changes;
}

interface Span {
  /** When the first change of it began. */
  readonly begun?: number;
  /** When the last one ended. */
  readonly ended?: number;
}

/** For every connector that was changed; reading it does not count. */
function spansIn(events: readonly PipelineEvent[]): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const event of events) {
    if (event.type !== "begun" && event.type !== "ended") continue;
    if (event.operation === "refresh" || event.operation === "read") continue;
    const { key, type, at } = event;
    const span = spans.get(key) ?? {};
    spans.set(key, type === "ended" ? { ...span, ended: at } : { begun: at, ...span });
  }
  return spans;
}

/** The status of each connector in the first plan that has it. */
function plannedStatuses(events: readonly PipelineEvent[]): Map<string, string> {
  const planned = plansIn(events).flatMap(({ connectors }) => connectors);
  return new Map(planned.toReversed().map(({ key, status }) => [key, status ?? "absent"]));
}

function plansIn(events: readonly PipelineEvent[]): Plan[] {
  return events.flatMap((event) => (event.type === "plan" ? [event.plan] : []));
}

/**
 * The journal has connectors by account and name, and by URN. What no plan has is known by its name; what several resources of a
 * plan have, by none.
 */
function keysOfLines(events: readonly PipelineEvent[]): (line: StatusLine) => string | undefined {
  const keys = new Map<string, Set<string>>();
  for (const { connectors, declared } of plansIn(events))
    for (const { account, name, key } of [...connectors, ...declared]) {
      const identity = identityOf(account, name);
      keys.set(identity, (keys.get(identity) ?? new Set()).add(key));
    }
  return ({ account, connector, urn }) => {
    if (urn) return resourceOf(urn);
    if (!connector) return undefined;
    const [key, ...others] = keys.get(identityOf(account ?? undefined, connector)) ?? [connector];
    return others.length === 0 ? key : undefined;
  };
}

type StatusLine = Extract<JournalLine, { kind: "status" }>;

function countRequests(journal: readonly JournalLine[]): Record<string, number> {
  const calls = journal.flatMap((line) => (line.kind === "request" ? [line.call] : []));
  const others = [...new Set(calls)].filter((call) => !kinds.includes(call)).sort();
  const counts = [...kinds, ...others].map((kind) => [kind, calls.filter((call) => call === kind).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function moment(at: number, status: string, restartAwaited: boolean): Moment {
  return restartAwaited ? { at, status, restartAwaited } : { at, status };
}

function isSame(one: Moment, other: Moment | undefined): boolean {
  return one.status === other?.status && (one.restartAwaited ?? false) === (other.restartAwaited ?? false);
}

function byTime(one: { readonly at: number }, other: { readonly at: number }): number {
  return one.at - other.at;
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
