import { lockedBy, noLock, unlocked } from "./messages.js";
import type { Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session } from "./stack/session.js";
import type { StackOptions } from "./stack/stack-options.js";

export interface UnlockOptions extends StackOptions {
  /** Asked with who holds the lock; resolves to whether to take it away. Default: take it away. */
  readonly confirm?: (holder: string) => Promise<boolean>;
}

/** Shows who holds the stack's lock since when, and takes it away. For a run that is known to be dead: a live one would lose its state. */
export function unlock(options: UnlockOptions): Run<Report> {
  return session("unlock", options, false, async ({ workspace }) => {
    const holder = await workspace.lockedBy();
    if (holder === undefined) return { notes: [noLock(workspace.name)], ended: {} };
    if (options.confirm && !(await options.confirm(lockedBy(workspace.name, holder))))
      return { notes: ["Nothing was changed: the lock was left alone."], ended: { error: true } };
    await workspace.unlock();
    return { notes: [lockedBy(workspace.name, holder), unlocked(workspace.name)], ended: {} };
  });
}
