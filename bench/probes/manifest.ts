import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifest } from "pulumi-dataspace/pipeline";
import { figure, inTurns, type Probe } from "./probe.ts";

const n = 5_000;

/** Reading and checking a large manifest, in a process that has loaded the package. */
export const manifest: Probe = {
  title: "a large manifest",
  run: async (quick) => {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-bench-"));
    try {
      const path = join(folder, "connectors.yaml");
      const lines = Array.from({ length: n }, (_, at) => `  c${at}: { amazonS3: { bucketName: b${at} } }\n`);
      const defaults = 'defaults: { amazonS3: { credentials: { fromEnv: "C_{name}" } } }\n';
      await writeFile(path, `version: 1\nproject: bench\n${defaults}connectors:\n${lines.join("")}`);
      const { read } = await inTurns(quick ? 1 : 5, {
        read: async () => {
          const begin = performance.now();
          const { connectors } = await readManifest(path);
          if (connectors.length !== n) throw new Error(`${connectors.length} connectors were read`);
          return (performance.now() - begin) / 1_000;
        },
      });
      return [figure(`manifest-${n}`, `a manifest of ${n} connectors, read and checked`, "s", read)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
