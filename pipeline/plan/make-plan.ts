import { textOf, type PropertyMap } from "../../provider/model/property-map.js";
import { identityOf } from "../../provider/model/name.js";
import { isWithoutCredentials } from "../../provider/core/core.js";
import type { OnExisting } from "../../provider/lifecycle/situation.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import type { EngineResult } from "../stack/engine-run.js";
import { interrupted } from "../stack/messages.js";
import { engineFailure } from "../stack/engine-failure.js";
import type { Plan } from "../run/plan.js";
import { needsReadAlone } from "./connector-forecast.js";
import { foreseenErrors } from "./foreseen.js";
import { creationsIn, isStale, planOf } from "./preview-plan.js";
import type { OpenSource } from "../source/source.js";
import type { Session } from "../stack/session.js";
import type { StackOptions } from "../stack/stack-options.js";
import { markProblem } from "../stack/shard-mark.js";
import { wholeFleet } from "../source/shard.js";
import type { State } from "../stack/state.js";
import type { Workspace } from "../stack/workspace.js";
import { worthSharding } from "./messages.js";
import { withService } from "../service/service.js";

export interface Planned {
  readonly plan: Plan;
  /** Errors of the preview, whole sentences. With any of them nothing is applied. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** State is behind the service, without a change to apply. */
  readonly stale: boolean;
  /** Recommendations. */
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** @default "preview" */
  readonly verb?: "preview" | "previewDestroy";
  /** Reads no credential. */
  readonly noCredentials?: boolean;
  /** The state of the stack, if it has just been read. */
  readonly state?: State;
  /** This run has planned before: only its own stack can have been resharded since. */
  readonly again?: boolean;
}

/** Previews a run with a refresh that is not saved, and plans it in terms of connectors. */
export async function makePlan(
  open: Session,
  options: StackOptions,
  { verb = "preview", noCredentials = false, state: known, again = false }: PlanOptions = {},
): Promise<Planned> {
  const { workspace, source, emit } = open;
  const [result, state] = await Promise.all([
    workspace.run(verb, {
      refresh: true,
      ...(noCredentials ? { env: { DATASPACE_NO_CREDENTIALS: "true" } } : {}),
    }),
    known ?? workspace.stateAsOpened(),
  ]);
  if (result.interrupted) throw interrupted(workspace.name);
  const failure = engineFailure(verb === "preview" ? "preview" : "destroy", workspace.name, result);
  if (failure) throw failure;
  const problem = await shardProblem(workspace, source, options, state, again);
  if (problem) throw problem;
  const wanted = creationsIn(result.events);
  const service = wanted.length > 0 ? await look(workspace, source, options, wanted) : undefined;
  const { checked, compared, endpoints } = await open.history();
  const plan = planOf(result.events, {
    stack: workspace.name,
    state,
    existing: (inputs) => service?.seen.get(slot(inputs)),
    onExisting: (inputs) => service?.onExisting.get(slot(inputs)) ?? "adoptStopped",
    checked,
    compared: compared.diff,
    endpoints,
    notChecked: noCredentials || isWithoutCredentials({ ...process.env, ...options.env }),
  });
  emit({ type: "plan", plan });
  const created = new Set(wanted.map(slot));
  const foreseen = verb === "preview" ? foreseenErrors(plan, state, source, created) : [];
  const { connectors = [], shards } = source.manifest ?? {};
  const notes = shards === 1 && connectors.length > manyForOneStack ? [worthSharding(connectors.length)] : [];
  return {
    plan,
    errors: [...textsOf(result.errors), ...foreseen],
    warnings: textsOf(result.warnings),
    notes,
    stale: isStale(result.events),
  };
}

/** Above this number of connectors, each change of a stack is noticeably slow. */
const manyForOneStack = 300;

/** Refuses a stack that holds another part of the fleet than the manifest assigns to it, and a fleet that is being resharded. */
async function shardProblem(
  workspace: Workspace,
  { manifest }: OpenSource,
  { shard = wholeFleet, siblings: [first] = [] }: StackOptions,
  state: State,
  again: boolean,
) {
  if (!manifest) return undefined;
  const own = markProblem(workspace.name, state, shard);
  if (own || again || shard.index === 1 || first === undefined) return own;
  return markProblem(first, await workspace.stateIfAny(first), { ...shard, index: 1 });
}

const slot = (inputs: PropertyMap) => identityOf(textOf(inputs["account"]), String(inputs["name"]));

/** What the service has under the names that will be created. */
async function look(workspace: Workspace, source: OpenSource, options: StackOptions, wanted: readonly PropertyMap[]) {
  const config = process.env["DATASPACE_ENDPOINT"] || source.manifest ? undefined : await workspace.config();
  const seen = new Map<string, ObservedConnector>();
  const onExisting = new Map<string, OnExisting>();
  const service = { endpoint: source.manifest?.endpoint, config, env: options.env, signal: options.signal };
  await withService(service, { verb: "list" }, ({ accountNamed, signal }) =>
    Promise.all(
      wanted.map(async (inputs) => {
        const account = accountNamed(textOf(inputs["account"]));
        const rule = account.settings.onExisting ?? (inputs["onExisting"] as OnExisting | undefined) ?? "adoptStopped";
        onExisting.set(slot(inputs), rule);
        const name = String(inputs["name"]);
        const listed = await account.feed.exists(name, { signal });
        const alone = listed && needsReadAlone(inputs, listed, rule);
        const observed = alone ? await account.feed.look(name, { signal, alone }) : listed;
        if (observed) seen.set(slot(inputs), observed);
      }),
    ),
  );
  return { seen, onExisting };
}

function textsOf(errors: EngineResult["errors"]): string[] {
  return [...new Set(errors.map(({ text }) => text))];
}
