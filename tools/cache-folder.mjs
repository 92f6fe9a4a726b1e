import { homedir } from "node:os";
import { join } from "node:path";

/** The user's own folder for what is built or fetched once, outside of every checkout. */
export function userCache(env = process.env, platform = process.platform) {
  const home = homedir();
  const base =
    env.XDG_CACHE_HOME ||
    (platform === "win32"
      ? (env.LOCALAPPDATA ?? join(home, "AppData", "Local"))
      : platform === "darwin"
        ? join(home, "Library", "Caches")
        : join(home, ".cache"));
  return join(base, "pulumi-dataspace");
}
