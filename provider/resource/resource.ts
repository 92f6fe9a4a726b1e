import { requireSameEndpoint, type Account } from "../core/core.js";
import { registerIdentity } from "../errors/redact.js";
import { declaredElsewhere, noSuchConnector, programNeverRan } from "../errors/messages/lifecycle.js";
import { leftBehind, neverProven, scrubbedAlready } from "../errors/messages/notes.js";
import { rollingBack } from "../errors/messages/rollback.js";
import { operate } from "../lifecycle/operate.js";
import { progressLine, restartQueued } from "../lifecycle/progress-line.js";
import { failureOf } from "../lifecycle/request-failure.js";
import type { DeclaredGoal } from "../lifecycle/situation.js";
import { operateOrRollBack, type Outcome } from "../lifecycle/rollback.js";
import { changesBetween } from "../model/changes.js";
import { blockOf, plainFields } from "../model/storage.js";
import { createGoal, isAsDesired, isUnprovenCreate, limitsOf, onDeleteOf, updateGoal } from "./goals.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import { driftedInputs, inputsOf, outsOf, outsWith, type Unproven } from "./state.js";
import { identityOf } from "../model/name.js";
import { knownTextOf } from "../model/unknown.js";
import type { Runtime } from "./runtime.js";
import { rollbackPlan, type RollbackPlan } from "./rollback-plan.js";
import { settle, type Applied } from "./settle.js";
import type { Operation } from "../lifecycle/operation.js";

export type { Applied };

export interface DiffResult {
  readonly changes: boolean;
  /** Paths of the properties whose change replaces the connector. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Compares what state holds with what the program declares. Asks nobody. */
export function diff(olds: PropertyMap, news: PropertyMap): DiffResult {
  const changes = changesBetween(olds, news);
  return {
    changes:
      olds["unproven"] !== undefined ||
      !isAsDesired(olds, news) ||
      changes.some((change) => change.effect !== "bookkeeping"),
    replaces: changes.filter((change) => change.effect === "replace").map((change) => change.path),
    // Two connectors of one name can't exist side by side in one account; in another one, the new comes up before the old stops.
    deleteBeforeReplace: heldIdentity(olds) === heldIdentity(news),
  };
}

/** Notes which fields differ, for pipelines: they see secrets masked. */
export function noteDifferences(
  { core }: Runtime,
  by: "diff" | "read",
  urn: string | undefined,
  olds: PropertyMap,
  news: PropertyMap,
): void {
  const about = { account: knownTextOf(news["account"]), connector: knownTextOf(news["name"]), urn };
  const paths = changesBetween(olds, news).map(({ path }) => path);
  core.journal?.compared(by, about, paths);
}

function heldIdentity(properties: PropertyMap): string {
  return identityOf(textOf(properties["account"]), String(properties["name"]));
}

export async function create(runtime: Runtime, urn: string | undefined, inputs: PropertyMap): Promise<Applied> {
  const account = runtime.core.account(textOf(inputs["account"]));
  const connector = identityOf(account.name, String(inputs["name"]));
  const goal = createGoal(runtime.core.keyring, account.settings, connector, inputs);
  const ending = await run(runtime, account, urn, inputs, goal);
  const applied = settle(runtime.log, urn, { account, inputs, goal, ending });
  if (!isUnprovenCreate(applied.outputs))
    runtime.urns.created(runtime.core.identity(account.name, String(inputs["name"])), inputs["salt"]);
  return applied;
}

export async function update(
  runtime: Runtime,
  urn: string | undefined,
  olds: PropertyMap,
  news: PropertyMap,
): Promise<Applied> {
  const name = String(news["name"]);
  const account = runtime.core.account(textOf(news["account"]));
  const { keyring } = runtime.core;
  const connector = identityOf(account.name, name);
  const goal = updateGoal(keyring, account.settings, connector, olds, news);
  if (!goal) return { outputs: outsWith(olds, news) };
  requireSameEndpoint(account, olds["endpoint"], "update", name);
  const rollback =
    goal.verb === "update" && goal.push ? rollbackPlan(keyring, account.settings, connector, olds, news) : undefined;
  const ending = await run(runtime, account, urn, news, goal, rollback);
  return settle(runtime.log, urn, { account, inputs: news, goal, ending, rollback });
}

export async function remove(runtime: Runtime, urn: string | undefined, outs: PropertyMap): Promise<void> {
  const name = String(outs["name"]);
  if (runtime.core.programNeverRan) throw programNeverRan(name);
  if (isUnprovenCreate(outs)) return runtime.log.note(urn, neverProven(name));
  const goal: DeclaredGoal = { verb: "delete", onDelete: onDeleteOf(outs) };
  const successor = runtime.urns.successor(runtime.core.identity(textOf(outs["account"]), name), outs["salt"]);
  if (successor?.inState) return;
  if (successor) throw declaredElsewhere(name, successor.urn);
  if (goal.onDelete !== "retain") {
    const account = runtime.core.account(textOf(outs["account"]));
    requireSameEndpoint(account, outs["endpoint"], "delete", name);
    const ending = await run(runtime, account, urn, outs, goal);
    if (ending.error) {
      const { edit } = ending.done;
      if (edit && edit.result !== "refused") runtime.log.note(urn, scrubbedAlready(name));
      throw ending.error;
    }
    if (!ending.seen) return;
  }
  runtime.log.note(urn, leftBehind(name, goal.onDelete, blockOf(outs) !== undefined));
}

/**
 * Reads one connector for a refresh, or, with nothing in state yet, for `Connector.get`. `undefined`: the connector is gone.
 *
 * @throws ConnectorError `NOT_FOUND` of `Connector.get`
 */
export async function read(
  runtime: Runtime,
  urn: string | undefined,
  name: string,
  outs: PropertyMap,
): Promise<{ readonly inputs: PropertyMap; readonly outputs: PropertyMap } | undefined> {
  const account = runtime.core.account(textOf(outs["account"]));
  requireSameEndpoint(account, outs["endpoint"], "read", name);
  const isGet = outs["status"] === undefined;
  const block = blockOf(outs);
  const fields = block === undefined ? [] : plainFields(block).filter((field) => field in (outs[block] as PropertyMap));
  const seen = await account.feed
    .look(name, { signal: runtime.signal, fields, known: !isGet && outs["unproven"] !== "create" })
    .catch((error: unknown) => Promise.reject(failureOf(error, "read", name) as Error));
  if (!seen) {
    if (!isGet) return undefined;
    throw noSuchConnector("read", name, "Check the id given to Connector.get and the account.");
  }
  // Somebody else's, for all that is known: nothing of it comes into state.
  if (isUnprovenCreate(outs)) return { inputs: inputsOf(outs), outputs: outsWith(outs, inputsOf(outs)) };
  const inputs = driftedInputs(isGet ? { ...outs, name, desiredStatus: "RUNNING" } : outs, seen);
  const unproven = outs["unproven"] as Unproven | undefined;
  noteDifferences(runtime, "read", urn, outs, inputs);
  return { inputs, outputs: outsOf(inputs, { seen, endpoint: account.client.baseUrl, unproven }) };
}

function run(
  runtime: Runtime,
  account: Account,
  urn: string | undefined,
  properties: PropertyMap,
  goal: DeclaredGoal,
  rollback?: RollbackPlan,
): Promise<Outcome> {
  const name = String(properties["name"]);
  registerIdentity(name);
  const { journal } = runtime.core;
  const subject = { account: account.name, connector: name, urn };
  const operation: Operation = {
    name,
    goal,
    known: goal.verb !== "create",
    limits: limitsOf(properties, goal.verb),
    signal: runtime.signal,
    onProgress: (progress) => journal?.status(subject, progress),
    // The engine, its display and its event log take longer over a line than we over the request that it tells of.
    onWait: (progress) => {
      journal?.waiting(urn, progress);
      runtime.log.progress(urn, progressLine(progress));
    },
  };
  const work = async () => {
    const ending = await (rollback
      ? operateOrRollBack(account, operation, rollback.way, () => runtime.log.note(urn, rollingBack(name)))
      : operate(account, operation));
    journal?.ended(subject, ending.error);
    return ending;
  };
  const restarts = goal.verb === "update" && goal.push && goal.desired === "RUNNING";
  if (!restarts) return work();
  const { restarts: places } = account;
  if (places.full) runtime.log.progress(urn, restartQueued(places.most));
  // The wait for a place comes before the operation's time limit begins.
  return places.run(work);
}
