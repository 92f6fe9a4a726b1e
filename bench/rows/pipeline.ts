import { join } from "node:path";
import type { PipelineSite } from "../drivers/pipeline.ts";
import { Driver } from "./driver.ts";
import type { Row } from "./row.ts";
import { checkpointsIn, pulumiRoles } from "./stacks.ts";

/** Connectors in a shard, and shards at the same time. */
const perShard = 100;
const stacksAtOnce = 4;

/** Ours through the pipeline: what it previews, and previews again, counts; `refresh` is its look for drift. */
export const pipelines: readonly Row[] = [
  pipeline("pipeline", "ours, pipeline, one stack (previews included)", () => 1),
  pipeline("shards", `ours, pipeline, shards of ${perShard}, ${stacksAtOnce} at once (previews included)`, (n) =>
    Math.max(2, Math.ceil(n / perShard)),
  ),
];

function pipeline(id: string, title: string, shardsFor: (n: number) => number): Row {
  return {
    id,
    title,
    prepare: () =>
      Promise.resolve({
        open: (given) => {
          const site: PipelineSite = { ...given, shards: shardsFor(given.n), stacksAtOnce };
          const driver = new Driver("pipeline.ts", site);
          return Promise.resolve({
            roles: pulumiRoles,
            run: (operation, signal) => driver.run(operation, signal),
            stateFiles: () => checkpointsIn(join(given.folder, ".pulumi", "stacks")),
            close: () => driver.close(),
          });
        },
      }),
  };
}
