import { counted } from "../run/messages.js";
import { otherShards, unfinishedReshard } from "../stack/messages.js";
import { ConnectorError } from "../../provider/errors/connector-error.js";

export function willMove(stack: string, to: number): string {
  return `The connectors of ${stack} are spread over ${counted(to, "stack")} by moving state; none is changed at the service.`;
}

export function moving(count: number, from: string, to: string): string {
  return `Moving ${counted(count, "connector")} from ${from} to ${to} …`;
}

export function resharded(from: number, to: number, moved: number): string {
  return `The fleet is now spread over ${counted(to, "stack")} (before: ${from}): ${counted(moved, "connector")} moved in state, nothing was changed at the service.`;
}

export const noManifest = new ConnectorError("STACK_UNUSABLE", {
  headline: "Only a manifest's connectors can be spread over several stacks.",
  next: "Give the fleet's manifest with --manifest.",
});

export function noSuchShard(text: string, count: number): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `There is no shard ${text}: the manifest has ${counted(count, "shard")}.`,
    next: `Give one from 1/${count} to ${count}/${count}, or change shards with pulumi-dataspace reshard.`,
  });
}

/** The error for a stack that matches neither the manifest nor this reshard. */
export function reshardProblem(
  stack: string,
  mark: string | undefined,
  from: number,
  to: number,
): ConnectorError | undefined {
  if (mark === undefined || mark.endsWith(`/${from}`) || mark.endsWith(`/${to}`)) return undefined;
  if (mark === `resharding to ${to}`) return undefined;
  return mark.startsWith("resharding") ? unfinishedReshard(stack, mark) : otherShards(stack, mark, `one of ${from}`);
}

/** @param problem as the system says it */
export function manifestUnwritable(path: string, problem: string): ConnectorError {
  return new ConnectorError("MANIFEST_INVALID", {
    headline: `The new number of shards can't be written to ${path}; nothing was moved.`,
    why: problem,
    next: "Make the file writable, and run the same command again.",
  });
}
