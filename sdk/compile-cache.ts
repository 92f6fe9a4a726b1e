import { constants, enableCompileCache } from "node:module";
import { isAbsolute, join } from "node:path";
import { homeFolder } from "../provider/model/home-folder.js";

/**
 * Has Node keep what it compiles of modules, for this process and those that it starts: loading Pulumi's SDK, which each of them
 * does, then takes little more than half of the time (docs/decisions/0017). A user's own choice (NODE_COMPILE_CACHE) stays.
 */
export function useCompileCache(): void {
  const folder = compileCacheFolder();
  if (folder === undefined) return;
  const { status } = enableCompileCache(folder);
  if (status === constants.compileCacheStatus.ENABLED) process.env["NODE_COMPILE_CACHE"] = folder;
}

/**
 * Where compiled code is kept unless the user says otherwise; `undefined`: the user does, or has no folder. In the user's own folder, not in one
 * for temporary files that others may write to, because code is run from it.
 */
export function compileCacheFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { NODE_COMPILE_CACHE: chosen, NODE_DISABLE_COMPILE_CACHE: refused, XDG_CACHE_HOME: caches } = env;
  if (chosen || refused) return undefined;
  // A relative one is to be ignored (specified by XDG), and would lie in whatever folder the user stands.
  const home = homeFolder();
  const folder = caches && isAbsolute(caches) ? caches : home && join(home, ".cache");
  return folder && join(folder, "pulumi-dataspace", "compiled");
}
