import { createRequire } from "node:module";
import { join } from "node:path";
import { searchingShim, shim } from "../provider/dynamic/shim.js";

const known = new Map<string, string>();

/** The text by which Pulumi's process in this folder, the project's, finds the provider. */
export function shimFor(folder: string): string {
  const text = known.get(folder) ?? (resolves(folder) ? shim : searchingShim);
  known.set(folder, text);
  return text;
}

function resolves(folder: string): boolean {
  try {
    createRequire(join(folder, "_")).resolve("pulumi-dataspace/dynamic-runtime");
    return true;
  } catch {
    return false;
  }
}
