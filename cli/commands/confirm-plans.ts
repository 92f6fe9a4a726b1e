import { planText, type Plan } from "../../pipeline/index.js";
import { confirm } from "../terminal/confirm.js";
import { table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Flags } from "./flags.js";

/** Shows what will happen, and asks where somebody can be asked. @throws Error when nobody agreed */
export async function confirmPlans(
  terminal: Terminal,
  flags: Flags,
  signal: AbortSignal,
  plans: readonly Plan[],
  question: string,
): Promise<boolean> {
  const shown = planText(plans, { table });
  await confirm(terminal, { plan: shown, question, yes: flags["yes"] === true, signal });
  return true;
}
