import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { StackSite } from "../drivers/stack.ts";
import type { Roles } from "../processes.ts";
import { shim } from "../programs/bare.ts";
import { Driver } from "./driver.ts";
import type { Row } from "./row.ts";

export const pulumiRoles: Roles = {
  engine: /pulumi (up|preview|refresh|destroy) /,
  provider: /dynamic-provider/,
};

interface Variant {
  readonly id: string;
  readonly title: string;
  readonly program: StackSite["program"];
  readonly compress: boolean;
  /** The engine's own default in place of what the other rows get. */
  readonly defaultParallel?: true;
}

const variants: readonly Variant[] = [
  { id: "bare", title: `L1: bare engine (shim of ${shim.length} bytes)`, program: "bare", compress: false },
  { id: "bare-zstd", title: "L1, compressed checkpoints", program: "bare", compress: true },
  { id: "bare-secret", title: "L1 with one secret value", program: "bare-secret", compress: false },
  {
    id: "bare-secret-zstd",
    title: "L1 with one secret value, compressed checkpoints",
    program: "bare-secret",
    compress: true,
  },
  { id: "ours", title: "ours, one stack", program: "ours", compress: false },
  { id: "ours-zstd", title: "ours, one stack, compressed checkpoints", program: "ours", compress: true },
  {
    id: "ours-default",
    title: "ours, compressed, the engine's default parallelism",
    program: "ours",
    compress: true,
    defaultParallel: true,
  },
  { id: "naive", title: "naive dynamic provider", program: "naive", compress: false },
  { id: "naive-zstd", title: "naive dynamic provider, compressed checkpoints", program: "naive", compress: true },
];

/** Rows of the Pulumi engine: one stack each. */
export const stacks: readonly Row[] = variants.map(({ id, title, program, compress, defaultParallel }) => ({
  id,
  title,
  prepare: () =>
    Promise.resolve({
      open: (given) => {
        const parallel = defaultParallel ? undefined : given.parallel;
        const site: StackSite = { ...given, parallel, program, compress };
        const driver = new Driver("stack.ts", site);
        return Promise.resolve({
          roles: pulumiRoles,
          run: (operation, signal) => driver.run(operation, signal),
          stateFiles: () => checkpointsIn(join(given.folder, ".pulumi", "stacks")),
          close: () => driver.close(),
        });
      },
    }),
}));

/** The checkpoints of a file backend, without their backups. */
export async function checkpointsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.json(\.zst)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
