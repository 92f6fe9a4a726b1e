import type { StatusKind } from "../../provider/model/status.js";
import type { Effect, Plan, PlannedConnector } from "../run/plan.js";
import type { ObservedConnectors } from "./matching.js";
import type { PowerVerb } from "./messages.js";
import { alreadyThere, notFailed, staysStopped, undoneByUp } from "./notes.js";

/** What an operator's command will do. */
export interface PowerPlan {
  readonly plan: Plan;
  /** Connectors that are skipped, and why. */
  readonly notes: readonly string[];
  /** What the stack's next `up` will undo. */
  readonly warnings: readonly string[];
}

export interface PowerPlanOptions {
  /** The stack of `managed`, as the plan names it. */
  readonly stack?: string;
  /** What the stack declares, to say what its next `up` will undo. */
  readonly managed?: ManagedBy;
  /** Only connectors that have FAILED. */
  readonly failed?: boolean;
}

/** What a stack declares of the connector of that name; `undefined`: the stack doesn't have it. */
export type ManagedBy = (name: string) => Managed | undefined;

/** How a stack declares one connector. */
export interface Managed {
  /** The resource's name in the program or manifest. */
  readonly key: string;
  /** `RUNNING` or `STOPPED`. */
  readonly desiredStatus: string;
}

/** Plans what a verb does to the observed connectors. Pure. */
export function powerPlanOf(
  verb: PowerVerb,
  observed: ObservedConnectors,
  { stack = "", managed, failed = false }: PowerPlanOptions = {},
): PowerPlan {
  const connectors: PlannedConnector[] = [];
  const warnings: string[] = [];
  const skipped: { readonly name: string; readonly status: string; readonly because: Skip }[] = [];
  for (const [name, { status, kind }] of observed) {
    const action = failed && kind !== "failed" ? "notFailed" : actions[verb][kind];
    if (typeof action === "string") {
      skipped.push({ name, status, because: action });
      continue;
    }
    const { effect, becomes, restarts = 0 } = action;
    const declared = managed?.(name);
    const key = declared?.key ?? name;
    connectors.push({ key, urn: "", name, effects: [effect], fields: [], status, becomes, restarts });
    if (declared && declared.desiredStatus !== becomes) warnings.push(undoneByUp(name, declared, becomes));
  }
  const groups = Map.groupBy(skipped, ({ because, status }) =>
    because === "notFailed" ? because : `${because} ${status}`,
  );
  const notes = [...groups.values()].map((group) =>
    noteOn[group[0]?.because ?? "already"](
      group.map(({ name }) => name),
      group[0]?.status ?? "",
    ),
  );
  return { plan: { stack, connectors, declared: [], others: [], stateVersion: "", endpoints: [] }, notes, warnings };
}

/** What happens to a connector of one kind of status. */
interface Action {
  readonly effect: Effect;
  readonly becomes: string;
  readonly restarts?: number;
}

/** Why nothing happens to it. */
type Skip = "already" | "staysStopped" | "notFailed";

const start: Action = { effect: "start", becomes: "RUNNING" };
const recover: Action = { effect: "recover", becomes: "RUNNING" };
const restart: Action = { effect: "restart", becomes: "RUNNING", restarts: 1 };
const stop: Action = { effect: "stop", becomes: "STOPPED" };
const fail: Action = { effect: "stop", becomes: "FAILED" };

const actions: Readonly<Record<PowerVerb, Readonly<Record<StatusKind, Action | Skip>>>> = {
  start: { running: "already", stopped: start, failed: recover, transition: start },
  stop: { running: stop, stopped: "already", failed: stop, transition: stop },
  restart: { running: restart, stopped: "staysStopped", failed: recover, transition: restart },
  fail: { running: fail, stopped: fail, failed: "already", transition: fail },
};

const noteOn: Readonly<Record<Skip, (names: readonly string[], status: string) => string>> = {
  already: alreadyThere,
  staysStopped,
  notFailed,
};
