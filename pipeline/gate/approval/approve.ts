import { digestOf } from "./approval.js";
import { writeOutputFile } from "../../run/output-file.js";
import type { Report } from "../../run/report.js";

/**
 * Writes the plans of previews to a file, which only its owner can read. `up` with `approved` then applies these plans and nothing else.
 *
 * @param previews one per stack of a fleet
 * @returns whether the file was written: a preview that failed or was refused can't be approved
 */
export async function approve(previews: Report | readonly Report[], file: string): Promise<boolean> {
  const all = "command" in previews ? [previews] : previews;
  const plans = all.flatMap(({ plan, exitCode }) => (plan && (exitCode === 0 || exitCode === 2) ? [plan] : []));
  if (plans.length < all.length) return false;
  await writeOutputFile(file, `${JSON.stringify(digestOf(plans), undefined, 2)}\n`);
  return true;
}
