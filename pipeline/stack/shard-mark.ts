import { markName } from "../source/shard.js";
import type { ConnectorError } from "../../provider/errors/connector-error.js";
import { isObject } from "../../provider/model/json.js";
import { shardOf, shardText, type Shard } from "../source/shard.js";
import { otherShards, unfinishedReshard } from "./messages.js";
import type { State } from "./state.js";
import { connectorsIn } from "./state.js";

export function markOf({ deployment }: State): string | undefined {
  const root = (deployment.resources ?? []).find(({ type }) => type === "pulumi:pulumi:Stack");
  const mark = root?.outputs?.[markName];
  return typeof mark === "string" ? mark : undefined;
}

export function reshardingMark(to: number): string {
  return `resharding to ${to}`;
}

/** What is wrong with going on with a stack as this shard; `undefined`: nothing. */
export function markProblem(stack: string, state: State, shard: Shard): ConnectorError | undefined {
  const mark = markOf(state);
  if (mark?.startsWith("resharding")) return unfinishedReshard(stack, mark);
  // The engine writes the mark when all is made. Until then, and after a first run that was killed, what is held must belong
  // here; a stack that no manifest has filled is a whole one.
  const fits = connectorsIn(state).every(({ key }) => shardOf(key, shard.count) === shard.index);
  const found = mark ?? (fits ? undefined : "1/1");
  return found === undefined || found === shardText(shard) ? undefined : otherShards(stack, found, shardText(shard));
}

/** The exported state with another mark; `undefined` where it has no root to carry one. */
export function withMark(state: State, mark: string): State | undefined {
  const { deployment } = state;
  const resources = (deployment.resources ?? []).map((resource) =>
    resource.type === "pulumi:pulumi:Stack"
      ? { ...resource, outputs: { ...(isObject(resource.outputs) ? resource.outputs : {}), [markName]: mark } }
      : resource,
  );
  if (!resources.some(({ type }) => type === "pulumi:pulumi:Stack")) return undefined;
  return { ...state, deployment: { ...deployment, resources } };
}
