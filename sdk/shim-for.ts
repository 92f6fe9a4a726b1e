import { createRequire } from "node:module";
import { join } from "node:path";
import { searchingShim, shim } from "../provider/dynamic/shim.js";

const known = new Map<string, string>();

/** The text by which Pulumi's process finds the provider of a program that runs in this folder. */
export function shimFor(folder: string): string {
  if (!isRunByPulumi()) return shim;
  const text = known.get(folder) ?? (resolves(folder) ? shim : searchingShim);
  known.set(folder, text);
  return text;
}

/**
 * Whether Pulumi's language host runs this program, in the project's folder; it says so with this variable (observed). A program
 * that is a function of the Automation API runs wherever its caller stands, which says nothing of the folder of Pulumi's process.
 */
function isRunByPulumi(): boolean {
  return process.env["PULUMI_NODEJS_PROJECT"] !== undefined;
}

function resolves(folder: string): boolean {
  try {
    createRequire(join(folder, "_")).resolve("pulumi-dataspace/dynamic-runtime");
    return true;
  } catch {
    return false;
  }
}
