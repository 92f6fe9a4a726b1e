import type { CreateResult, DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic/index.js";
import { requireSameEndpoint, type Account } from "../core/core.js";
import { ConnectorError } from "../errors/connector-error.js";
import { couldNot, programNeverRan } from "../errors/messages/lifecycle.js";
import { leftBehind, scrubbedAlready } from "../errors/messages/notes.js";
import { rollingBack } from "../errors/messages/rollback.js";
import { operate, type Operation } from "../lifecycle/operate.js";
import { progressLine, restartQueued } from "../lifecycle/progress-line.js";
import { failureOf } from "../lifecycle/request-failure.js";
import type { DeclaredGoal } from "../lifecycle/situation.js";
import { operateOrRollBack, type Outcome } from "../lifecycle/rollback.js";
import { changesBetween } from "../model/changes.js";
import { blockOf, plainFields } from "../model/storage.js";
import { createGoal, isAsDesired, limitsOf, onDeleteOf, updateGoal } from "./goals.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import { driftedInputs, outsOf, outsWith, urnIn, type Unproven } from "./state.js";
import { identityOf } from "../model/name.js";
import type { Runtime } from "./runtime.js";
import { rollbackPlan, type RollbackPlan } from "./rollback-plan.js";
import { settle } from "./settle.js";

/** Compares what state holds with what the program declares. Asks nobody. */
export function diff(olds: PropertyMap, news: PropertyMap): DiffResult {
  const changes = changesBetween(olds, news);
  const replaces = changes.filter((change) => change.effect === "replace").map((change) => change.path);
  const unfinished = olds["unproven"] !== undefined || !isAsDesired(olds, news) || olds["__provider"] === undefined;
  return {
    changes: unfinished || changes.some((change) => change.effect !== "bookkeeping"),
    replaces,
    // Two connectors of one name can't exist side by side.
    deleteBeforeReplace: olds["name"] === news["name"],
  };
}

export async function create(runtime: Runtime, inputs: PropertyMap): Promise<CreateResult> {
  const name = String(inputs["name"]);
  const account = runtime.core.account(textOf(inputs["account"]));
  const connector = identityOf(account.name, name);
  const goal = createGoal(runtime.core.keyring, account.settings, connector, inputs);
  const ending = await run(runtime, account, inputs, goal);
  if (ending.acted) runtime.urns.noteCreated(connector);
  const outs = settle(runtime, { account, inputs, goal, ending });
  return { id: name, outs };
}

export async function update(runtime: Runtime, olds: PropertyMap, news: PropertyMap): Promise<UpdateResult> {
  const name = String(news["name"]);
  const account = runtime.core.account(textOf(news["account"]));
  const connector = identityOf(account.name, name);
  const goal = updateGoal(runtime.core.keyring, account.settings, connector, olds, news);
  if (!goal) return { outs: outsWith(olds, news) };
  requireSameEndpoint(account, olds["endpoint"], "update", name);
  const rollback =
    goal.verb === "update" && goal.push
      ? rollbackPlan(runtime.core.keyring, account.settings, connector, olds, news)
      : undefined;
  const ending = await run(runtime, account, news, goal, rollback);
  return { outs: settle(runtime, { account, inputs: news, goal, ending, rollback }) };
}

export async function remove(runtime: Runtime, outs: PropertyMap): Promise<void> {
  const name = String(outs["name"]);
  if (runtime.core.programNeverRan) throw programNeverRan(name);
  const goal: DeclaredGoal = { verb: "delete", onDelete: onDeleteOf(outs) };
  const urn = urnIn(outs);
  if (runtime.urns.isReplaced(identityOf(textOf(outs["account"]), name), outs["salt"])) return;
  if (goal.onDelete !== "retain") {
    const account = runtime.core.account(textOf(outs["account"]));
    requireSameEndpoint(account, outs["endpoint"], "delete", name);
    const ending = await run(runtime, account, outs, goal);
    if (ending.error) {
      const { edit } = ending.done;
      if (edit && edit.result !== "refused") runtime.log.warn(urn, scrubbedAlready(name));
      throw ending.error;
    }
    if (!ending.seen) return;
  }
  runtime.log.warn(urn, leftBehind(name, goal.onDelete, blockOf(outs) !== undefined));
}

/** Reads one connector for a refresh, or, with nothing in state yet, for `Connector.get`. */
export async function read(runtime: Runtime, name: string, outs: PropertyMap): Promise<ReadResult> {
  const account = runtime.core.account(textOf(outs["account"]));
  requireSameEndpoint(account, outs["endpoint"], "read", name);
  const isGet = outs["status"] === undefined;
  const block = blockOf(outs);
  const fields = block === undefined ? [] : plainFields(block).filter((field) => field in (outs[block] as PropertyMap));
  const seen = await account.feed
    .look(name, { signal: runtime.signal, fields })
    .catch((error: unknown) => Promise.reject(failureOf(error, "read", name) as Error));
  if (!seen) {
    if (!isGet) return {};
    throw new ConnectorError(
      "NOT_FOUND",
      {
        headline: couldNot("read", name, "the service has no connector with that name"),
        next: "Check the id given to Connector.get and the account.",
      },
      name,
    );
  }
  const endpoint = account.client.origin;
  const inputs = driftedInputs(isGet ? { ...outs, name } : outs, seen);
  const urn = urnIn(outs);
  const unproven = outs["unproven"] as Unproven | undefined;
  return {
    id: name,
    inputs,
    props: outsOf(inputs, { seen, endpoint, urn, unproven: unproven === "create" ? undefined : unproven }),
  };
}

function run(
  runtime: Runtime,
  account: Account,
  bag: PropertyMap,
  goal: DeclaredGoal,
  rollback?: RollbackPlan,
): Promise<Outcome> {
  const name = String(bag["name"]);
  const urn = runtime.urns.of(identityOf(account.name, name)) ?? urnIn(bag);
  const { journal } = runtime.core;
  const operation: Operation = {
    name,
    goal,
    limits: limitsOf(bag, goal.verb),
    signal: runtime.signal,
    onProgress: (progress) => journal?.status(name, progress),
    // The engine, its display and its event log take longer over a line than we over the request that it tells of.
    onWait: (progress) => runtime.log.progress(urn, progressLine(progress)),
  };
  const work = async () => {
    const ending = await (rollback
      ? operateOrRollBack(account, operation, rollback.way, () => runtime.log.info(urn, rollingBack))
      : operate(account, operation));
    journal?.ended(name, ending.error?.code);
    return ending;
  };
  const restarts = goal.verb === "update" && goal.push && goal.desired === "RUNNING";
  if (!restarts) return work();
  const { restarts: places } = account;
  if (places.full) runtime.log.progress(urn, restartQueued(places.most));
  // The wait for a place comes before the operation's time limit begins.
  return places.run(work);
}
