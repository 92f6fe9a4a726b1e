import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { notInstalled } from "./messages.js";

const needed = ["@pulumi/pulumi/package.json", "pulumi-dataspace/package.json"];

/**
 * A folder from which the engine's processes find `@pulumi/pulumi` and this package: the one that the command is called from,
 * else the one that this package is installed in.
 *
 * @throws ConnectorError `STACK_UNUSABLE` when there is none
 */
export function modulesFolder(cwd: string = process.cwd()): string {
  const self = fileURLToPath(import.meta.url);
  const beside = self.lastIndexOf("node_modules");
  const own = createRequire(import.meta.url).resolve("pulumi-dataspace/package.json");
  const candidates = [cwd, ...(beside > 0 ? [self.slice(0, beside)] : []), dirname(own)];
  const found = candidates.find((folder) => {
    const { resolve } = createRequire(join(folder, "anything.js"));
    return needed.every((name) => leads(() => resolve(name)));
  });
  if (found === undefined) throw notInstalled(cwd);
  return found;
}

function leads(resolve: () => string): boolean {
  try {
    resolve();
    return true;
  } catch {
    return false;
  }
}
