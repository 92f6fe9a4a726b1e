/** The pipeline of this package, as a program on it would use it. */
import { up, destroy, drift, type Report, type StackOptions } from "pulumi-dataspace/pipeline";
import { join } from "node:path";
import { namesOf, storageOf } from "../connectors.ts";
import { declare } from "../programs/ours.ts";
import type { Operation } from "../results.ts";
import type { Site } from "../rows/row.ts";
import { given, serve } from "./serve.ts";

const { n, startMs, parallel, folder, endpoint, token } = given<Site>();
let generation = 0;

const options: StackOptions = {
  source: {
    project: "bench",
    program: () => {
      for (const name of namesOf(n)) declare(name, storageOf(name, generation), startMs);
      return Promise.resolve();
    },
  },
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

const steps: Record<Operation, () => PromiseLike<Report>> = {
  up: () => up(options),
  again: () => up(options),
  refresh: () => drift(options),
  update: () => (generation++, up(options)),
  destroy: () => destroy(options),
};

serve(async (operation) => {
  const { exitCode, errors, violations } = await steps[operation]();
  if (exitCode === 0) return;
  throw new Error([`exit code ${exitCode}`, ...errors, ...violations.map(({ text }) => text)].join("\n"));
});
