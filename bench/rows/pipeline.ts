import { join } from "node:path";
import { Driver } from "./driver.ts";
import type { Row } from "./row.ts";
import { checkpointsIn, pulumiRoles } from "./stacks.ts";

/** Ours through the pipeline: what it previews, and previews again, counts; `refresh` is its look for drift. */
export const pipeline: Row = {
  id: "pipeline",
  title: "ours, pipeline, one stack (previews included)",
  prepare: () =>
    Promise.resolve({
      open: (site) => {
        const driver = new Driver("pipeline.ts", site);
        return Promise.resolve({
          roles: pulumiRoles,
          run: (operation, signal) => driver.run(operation, signal),
          stateFiles: () => checkpointsIn(join(site.folder, ".pulumi", "stacks")),
          close: () => driver.close(),
        });
      },
    }),
};

/**
 * The same on shards, many stacks beside each other. Once `StackOptions` takes shards, this row is `pipeline` with its title, and
 * that option given to the driver.
 */
export const shards: Row = {
  id: "shards",
  title: "ours, pipeline on shards",
  prepare: () => Promise.resolve({ missing: "this build's pipeline has no shards" }),
};
