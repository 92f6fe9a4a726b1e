/** One Pulumi stack of many connectors, through the Automation API, as one of the programs declares them. */
import { fileURLToPath } from "node:url";
import { openStack } from "../../examples/demo/stack.ts";
import { namesOf, storageOf, type Storage } from "../connectors.ts";
import type { Operation } from "../results.ts";
import type { Site } from "../rows/row.ts";
import { given, serve } from "./serve.ts";

/** What a file in `programs/` exports. */
interface Program {
  readonly declare: (name: string, storage: Storage, startMs: number) => void;
}

export interface StackSite extends Site {
  readonly program: "bare" | "bare-secret" | "ours" | "naive";
  readonly compress: boolean;
}

const { n, startMs, parallel, program, compress, ...site } = given<StackSite>();
const { declare }: Program = (await import(`../programs/${program}.ts`)) as Program;
let generation = 0;

const stack = await openStack({
  project: "bench",
  program: () => {
    for (const name of namesOf(n)) declare(name, storageOf(name, generation), startMs);
    return Promise.resolve();
  },
  folder: site.folder,
  modulesIn: fileURLToPath(new URL("../..", import.meta.url)),
  env: {
    DATASPACE_ENDPOINT: site.endpoint,
    DATASPACE_TOKEN: site.token,
    ...(compress ? { PULUMI_DIY_BACKEND_ZSTD: "true" } : {}),
  },
});
// After every run the Automation API starts the CLI twice more, for outputs and history that nobody here reads.
Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
const options = parallel === undefined ? {} : { parallel };

const steps: Record<Operation, () => Promise<unknown>> = {
  up: () => stack.up(options),
  again: () => stack.up({ ...options, expectNoChanges: true }),
  refresh: () => stack.refresh(options),
  update: () => (generation++, stack.up(options)),
  destroy: () => stack.destroy(options),
};
serve((operation) => steps[operation]());
