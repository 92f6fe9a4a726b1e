import type { Row } from "./row.ts";

/** Ours through the pipeline, many stacks beside each other. */
export const shards: Row = {
  id: "shards",
  title: "ours, pipeline on shards",
  prepare: () => Promise.resolve({ missing: "this build has no pipeline" }),
};
