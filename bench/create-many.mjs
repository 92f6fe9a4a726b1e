/**
 * Makes many connectors once and prints what it took, as one line of JSON: run by before-after.mjs in the tree that it lies in.
 * `node bench/create-many.mjs provider|engine N`, with DATASPACE_ENDPOINT and DATASPACE_TOKEN set.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack } from "../examples/demo/stack.ts";

const [, , level = "provider", count = "100"] = process.argv;
const names = Array.from({ length: Number(count) }, (_, i) => `bench-${i}`);
const amazonS3 = {
  bucketName: "bench",
  region: "eu-central-1",
  accessKeyIdRead: "a-read-key-id",
  secretAccessKeyRead: "a-read-secret",
  accessKeyIdWrite: "a-write-key-id",
  secretAccessKeyWrite: "a-write-secret",
};

const runs = {
  /** As the engine drives the provider: check one after the other, create all at once. */
  async provider() {
    const { provider } = await import("../dist/provider/dynamic/runtime.js");
    await provider.configure({ config: { get: () => undefined } });
    const measured = begin();
    const creating = [];
    for (const name of names) {
      const { inputs, failures = [] } = await provider.check({}, { __provider: "shim", name, salt: "", amazonS3 });
      if (failures.length > 0) throw new Error(failures[0].reason);
      creating.push(provider.create(inputs));
    }
    await Promise.all(creating);
    return measured();
  },

  async engine() {
    const { Connector } = await import("pulumi-dataspace");
    const folder = mkdtempSync(join(tmpdir(), "pulumi-dataspace-bench-"));
    try {
      const stack = await openStack({
        project: "bench",
        program: async () => names.forEach((name) => void new Connector(name, { amazonS3 })),
        folder,
        modulesIn: join(import.meta.dirname, ".."),
        env: { DATASPACE_ENDPOINT: process.env.DATASPACE_ENDPOINT, DATASPACE_TOKEN: process.env.DATASPACE_TOKEN },
      });
      const measured = begin();
      await stack.up({ parallel: 256 });
      return measured();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function begin() {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1_000 };
  };
}

console.log(JSON.stringify(await runs[level]()));
process.exit(0);
