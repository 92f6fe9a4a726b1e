/** The pipeline of this package over a manifest, as a job would use it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { destroy, drift, overFleet, up, type Report } from "pulumi-dataspace/pipeline";
import { namesOf, settle, storageOf } from "../connectors.ts";
import type { Operation } from "../results.ts";
import type { Site } from "../rows/row.ts";
import { given, serve } from "./serve.ts";

export interface PipelineSite extends Site {
  readonly shards: number;
  readonly stacksAtOnce: number;
}

const { n, startMs, parallel, folder, endpoint, token, shards, stacksAtOnce } = given<PipelineSite>();
const manifest = join(folder, "connectors.json");

const options = {
  source: { manifest },
  stack: "test",
  ...(parallel === undefined ? {} : { parallel }),
  env: {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for benchmarks",
    DATASPACE_ENDPOINT: endpoint,
    DATASPACE_TOKEN: token,
  },
};
const fleet = { stacksAtOnce };

const steps: Record<Operation, () => PromiseLike<readonly Report[]>> = {
  up: () => overFleet(up, options, fleet),
  again: () => overFleet(up, options, fleet),
  refresh: () => overFleet(drift, options, fleet),
  update: () => overFleet(up, options, fleet),
  destroy: () => overFleet(destroy, options, fleet),
};

await declare(0);
serve(async (operation) => {
  if (operation === "update") await declare(1);
  for (const { exitCode, errors, violations } of await steps[operation]()) {
    if (exitCode === 0) continue;
    throw new Error([`exit code ${exitCode}`, ...errors, ...violations.map(({ text }) => text)].join("\n"));
  }
});

/** The same values as in every other row. */
async function declare(generation: number): Promise<void> {
  const connectors = namesOf(n).map((name) => [name, { amazonS3: storageOf(name, generation) }]);
  const text = JSON.stringify({
    version: 1,
    project: "bench",
    shards,
    allowPlaintextSecrets: true,
    defaults: { onDelete: "delete", ...(startMs === 0 ? { settle } : {}) },
    connectors: Object.fromEntries(connectors) as object,
  });
  await writeFile(manifest, text, { mode: 0o600 });
}
