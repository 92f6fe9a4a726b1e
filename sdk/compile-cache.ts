import { constants, enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Has Node keep what it compiles of modules, for this process and those that it starts: loading Pulumi's SDK, which each of them
 * does, then takes little more than half of the time (docs/decisions/0017). In the user's own folder, not in one for temporary
 * files that others may write to, because code is run from it. A user's own choice (NODE_COMPILE_CACHE) stays.
 */
export function useCompileCache(): void {
  const { NODE_COMPILE_CACHE: chosen, NODE_DISABLE_COMPILE_CACHE: refused, XDG_CACHE_HOME: caches } = process.env;
  if (chosen || refused) return;
  const folder = join(caches || join(homedir(), ".cache"), "pulumi-dataspace", "compiled");
  const { status } = enableCompileCache(folder);
  if (status === constants.compileCacheStatus.ENABLED) process.env["NODE_COMPILE_CACHE"] = folder;
}
