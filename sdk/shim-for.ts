import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { join } from "node:path";
import { searchingShim, shim } from "../provider/dynamic/shim.js";

const known = new Map<string, string>();
const told = new AsyncLocalStorage<string>();

/** Runs a program whose provider's process starts in this folder, wherever the caller stands. */
export function withProviderIn<T>(folder: string, program: () => T): T {
  return told.run(folder, program);
}

/** The text by which Pulumi's process finds the provider: it starts in the project's folder, as the program does unless told. */
export function shimForProgram(): string {
  const folder = told.getStore() ?? process.cwd();
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
