import { manifestUnwritable, moving, noManifest, reshardProblem, resharded, willMove } from "./messages.js";
import { setShards } from "../source/manifest/set-shards.js";
import { interrupted } from "../stack/messages.js";
import { outputFileProblem } from "../run/output-file.js";
import type { Emit } from "../run/events.js";
import { reportOf, type Report } from "../run/report.js";
import { Run } from "../run/run.js";
import { isConnectorError } from "../../provider/errors/connector-error.js";
import { openSource } from "../source/source.js";
import { declined } from "../stack/session.js";
import type { StackOptions } from "../stack/stack-options.js";
import { connectorsIn, type State } from "../stack/state.js";
import { Workspace } from "../stack/workspace.js";
import { markOf, reshardingMark, withMark } from "../stack/shard-mark.js";
import { movesTo } from "./moves.js";
import { shardsOf, shardText, stackOf, wholeFleet } from "../source/shard.js";
import { readManifest } from "../source/manifest/read.js";

export interface ReshardOptions extends Pick<StackOptions, "source" | "stack" | "waitForLockMs" | "env" | "signal"> {
  /** How many stacks to spread the fleet over. */
  readonly to: number;
  /**
   * Called with a sentence that says what will be moved; resolves to whether to continue.
   *
   * @default continue
   */
  readonly confirm?: (move: string) => Promise<boolean>;
}

/**
 * Spreads a manifest's connectors over another number of stacks by moving state only: nothing changes at the service. Marks
 * every stack first, so that no other run starts on it. After a kill at any step, the same command continues.
 */
export function reshard(options: ReshardOptions): Run<Report> {
  return new Run(async (emit) => {
    const startedAt = Date.now();
    try {
      if (options.confirm && !(await options.confirm(willMove(options.stack, options.to)))) {
        const { exitCode = 1, ...parts } = declined(options);
        return reportOf("reshard", startedAt, exitCode, { stack: options.stack, ...parts });
      }
      const notes = await turn(options, emit);
      return reportOf("reshard", startedAt, 0, { stack: options.stack, notes });
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      const code = error.code === "CANCELLED" ? 130 : 1;
      return reportOf("reshard", startedAt, code, { stack: options.stack, errors: [error.message] });
    }
  });
}

async function turn(options: ReshardOptions, emit: Emit): Promise<string[]> {
  if (!("manifest" in options.source)) throw noManifest;
  const before = await readManifest(options.source.manifest);
  const unwritable = outputFileProblem(options.source.manifest);
  if (unwritable !== undefined) throw manifestUnwritable(options.source.manifest, unwritable);
  const source = await openSource(options.source, wholeFleet, before);
  const stacks = new Map<number, Workspace>();
  try {
    for (const { index } of shardsOf(Math.max(before.shards, options.to))) {
      const one = { ...options, stack: stackOf(options.stack, index) };
      // Moving writes two states in one format: a new stack takes the format of the first.
      const create = index === 1 || (await stacks.get(1)?.compression.kept()) ? true : "plain";
      stacks.set(index, await Workspace.open(source, one, emit, create));
    }
    const states = await statesOf(stacks);
    for (const [index, state] of states) {
      const problem = reshardProblem(stackOf(options.stack, index), markOf(state), before.shards, options.to);
      if (problem) throw problem;
    }
    // From here on every other run refuses to start.
    await markAll(stacks, states, () => reshardingMark(options.to));
    const moved = await move(stacks, await statesOf(stacks), options, emit);
    await setShards(options.source.manifest, options.to);
    await markAll(stacks, await statesOf(stacks), (index) => shardText({ index, count: options.to }));
    return [resharded(before.shards, options.to, moved)];
  } finally {
    await Promise.all([...stacks.values()].map((each) => each.close()));
  }
}

async function move(
  stacks: ReadonlyMap<number, Workspace>,
  states: ReadonlyMap<number, State>,
  { to, signal, stack }: ReshardOptions,
  emit: Emit,
): Promise<number> {
  const held = new Map([...states].map(([index, state]) => [index, connectorsIn(state)]));
  const { leftovers, moves } = movesTo(to, held);
  for (const { shard, held: entries } of leftovers) await stacks.get(shard)?.forget(entries.map(({ urn }) => urn));
  for (const { from, to: target, held: entries } of moves) {
    if (signal?.aborted) throw interrupted(stack);
    emit({ type: "phase", text: moving(entries.length, stackOf(stack, from), stackOf(stack, target)) });
    await stacks.get(target)?.take(
      stackOf(stack, from),
      entries.map(({ urn }) => urn),
    );
  }
  return moves.reduce((sum, { held: entries }) => sum + entries.length, 0);
}

async function statesOf(stacks: ReadonlyMap<number, Workspace>): Promise<Map<number, State>> {
  const states = new Map<number, State>();
  for (const [index, workspace] of stacks) states.set(index, await workspace.state());
  return states;
}

/** An empty stack has no root resource to carry a mark, and nothing to lose. */
async function markAll(
  stacks: ReadonlyMap<number, Workspace>,
  states: ReadonlyMap<number, State>,
  markFor: (index: number) => string,
): Promise<void> {
  for (const [index, state] of states) {
    const mark = markFor(index);
    const marked = markOf(state) === mark ? undefined : withMark(state, mark);
    if (marked) await stacks.get(index)?.setState(marked);
  }
}
