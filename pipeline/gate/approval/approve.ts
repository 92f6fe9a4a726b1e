import { writeFile } from "node:fs/promises";
import { digestOf } from "./approval.js";
import type { Report } from "../../run/report.js";

/**
 * Writes what previews have found to a file, for `up` with `approved`, which then does this and nothing else. Gives whether it
 * did: what ended in an error or was refused can't be approved.
 *
 * @param previews one per stack of a fleet
 */
export async function approve(previews: Report | readonly Report[], file: string): Promise<boolean> {
  const all = "command" in previews ? [previews] : previews;
  const plans = all.flatMap(({ plan, exitCode }) => (plan && (exitCode === 0 || exitCode === 2) ? [plan] : []));
  if (plans.length < all.length) return false;
  await writeFile(file, `${JSON.stringify(digestOf(plans), undefined, 2)}\n`);
  return true;
}
