import { lockedBy, noLock, unlocked } from "./messages.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { declined, session } from "./stack/session.js";
import { unfinishedCreates } from "./stack/state.js";
import type { StackOptions } from "./stack/stack-options.js";

export interface UnlockOptions extends StackOptions {
  /**
   * Called with a sentence that says who holds the lock; resolves to whether to remove it.
   *
   * @default remove it
   */
  readonly confirm?: (holder: string) => Promise<boolean>;
}

/** Removes the stack's lock, and reports who held it since when, and how to go on. Only for a run that has died: a running one would lose its state. */
export function unlock(options: UnlockOptions): Run<Report> {
  return session("unlock", options, false, async ({ workspace }) => {
    const holder = await workspace.lockedBy();
    if (holder === undefined) return { notes: [noLock(workspace.name)] };
    if (options.confirm && !(await options.confirm(lockedBy(workspace.name, holder)))) return declined(options);
    await workspace.unlock();
    const unfinished = unfinishedCreates(await workspace.state());
    return { notes: [lockedBy(workspace.name, holder), unlocked(workspace.name, unfinished)] };
  });
}
