import type { StatusKind } from "../../provider/model/status.js";
import type { PowerVerb } from "./messages.js";
import { alreadyThere, notFailed, staysStopped, undoneByUp } from "./notes.js";
import type { Effect, Plan, PlannedConnector } from "../run/plan.js";
import type { Fleet } from "./matching.js";

/** How a stack declares one connector. */
export interface Managed {
  /** The resource's name in the program or manifest. */
  readonly key: string;
  /** `RUNNING` or `STOPPED`. */
  readonly desiredStatus: string;
}

/** What a stack declares of the connector of that name; `undefined` for one that it doesn't have. */
export type ManagedBy = (name: string) => Managed | undefined;

/** What will be done, and what is to be known of it. */
export interface Intention {
  readonly plan: Plan;
  /** Connectors that nothing is done to, and why. */
  readonly notes: readonly string[];
  /** What the next `up` will undo. */
  readonly warnings: readonly string[];
}

/** What a verb makes of a connector of one kind of status; or why it leaves it alone. */
type Cell = { readonly effect: Effect; readonly becomes: string; readonly restarts?: number } | "already" | "stays";

const start: Cell = { effect: "start", becomes: "RUNNING" };
const recover: Cell = { effect: "recover", becomes: "RUNNING" };
const restart: Cell = { effect: "restart", becomes: "RUNNING", restarts: 1 };
const stop: Cell = { effect: "stop", becomes: "STOPPED" };
const fail: Cell = { effect: "stop", becomes: "FAILED" };

const cells: Readonly<Record<PowerVerb, Readonly<Record<StatusKind, Cell>>>> = {
  start: { running: "already", stopped: start, failed: recover, transition: start },
  stop: { running: stop, stopped: "already", failed: stop, transition: stop },
  restart: { running: restart, stopped: "stays", failed: recover, transition: restart },
  fail: { running: fail, stopped: fail, failed: "already", transition: fail },
};

/** Decides what a verb does to the connectors that are there. Pure. */
export function powerPlanOf(
  verb: PowerVerb,
  fleet: Fleet,
  options: { readonly stack?: string; readonly managed?: ManagedBy; readonly failed?: boolean } = {},
): Intention {
  const planned: PlannedConnector[] = [];
  const warnings: string[] = [];
  const left = new Map<string, string[]>();
  const leave = (sentence: string, name: string) => left.set(sentence, [...(left.get(sentence) ?? []), name]);
  for (const [name, { status, kind }] of fleet) {
    const cell = cells[verb][kind];
    if (options.failed === true && kind !== "failed") leave("notFailed", name);
    else if (typeof cell === "string") leave(`${cell} ${status}`, name);
    else {
      const managed = options.managed?.(name);
      const { effect, becomes, restarts = 0 } = cell;
      const key = managed?.key ?? name;
      planned.push({ key, urn: "", name, effects: [effect], fields: [], status, becomes, restarts });
      if (managed && managed.desiredStatus !== becomes) warnings.push(undoneByUp(name, managed, becomes));
    }
  }
  const notes = [...left].map(([sentence, names]) => noteOn(sentence, names));
  const plan = { stack: options.stack ?? "", connectors: planned, declared: [], others: [], stateVersion: "" };
  return { plan, notes, warnings };
}

function noteOn(sentence: string, names: readonly string[]): string {
  const [why, status = ""] = sentence.split(" ");
  if (why === "notFailed") return notFailed(names);
  return why === "already" ? alreadyThere(names, status) : staysStopped(names, status);
}
