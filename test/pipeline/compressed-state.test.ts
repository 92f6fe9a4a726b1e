import { execFile } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompressSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });
const keys = Array.from({ length: 12 }, (_, at) => `connector-${at + 1}`);

beforeEach(async () => {
  pipeline.env = { KEY: "key-of-generation-1" };
  await pipeline.declare(Object.fromEntries(keys.map((key) => [key, { amazonS3: s3From("KEY") }])));
});

interface Checkpoint {
  readonly checkpoint: {
    readonly latest: {
      readonly resources: readonly { readonly type: string; readonly stackTrace?: readonly unknown[] }[];
    };
  };
}

const stacks = () => join(pipeline.folder, ".pulumi", "stacks", "fleet");
/** The state's files, without the engine's backups and tags. */
const files = async () => (await readdir(stacks())).filter((name) => /\.json(\.(zst|gz))?$/.test(name));
const up = (...args: string[]) => pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", ...args);
const unchanged = `Stack prod: nothing changes, ${keys.length} unchanged.\n`;

/** The bare engine, as somebody types it who knows nothing of compression. */
async function pulumi(...args: string[]): Promise<string> {
  const root = process.env["PULUMI_DATASPACE_CLI"];
  // Not synchronously: the emulator lives in this process.
  const { stdout } = await promisify(execFile)(root === undefined ? "pulumi" : join(root, "bin", "pulumi"), args, {
    cwd: pipeline.folder,
    env: { ...process.env, ...pipeline.environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return stdout;
}

test(
  "stacks that the pipeline creates are kept compressed, and every engine reads them",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    expect((await up()).code).toBe(0);
    expect(await files()).toEqual(["prod.json.zst"]);
    // Which stack a user has selected is the user's own choice.
    expect(await readdir(join(pipeline.folder, "home", "workspaces")).catch(() => [])).toEqual([]);
    const bytes = await readFile(join(stacks(), "prod.json.zst"));
    const plain = zstdDecompressSync(bytes);
    console.log(`State of ${keys.length} connectors: ${bytes.length} bytes compressed, ${plain.length} plain.`);
    expect(bytes.length).toBeLessThan(plain.length / 4);
    // Of the stack of calls that Pulumi's SDK notes, a manifest's connectors have four frames (docs/decisions/0016).
    const { resources } = (JSON.parse(plain.toString()) as Checkpoint).checkpoint.latest;
    const connectors = resources.filter(({ type }) => type.endsWith("dataspace:Connector"));
    expect(connectors.map(({ stackTrace }) => stackTrace?.length)).toEqual(keys.map(() => 4));

    emulator.clearRequests();
    expect((await up()).stdout).toBe(unchanged);
    expect((await pipeline.cli("drift", "--stack", "prod", "--quiet")).code).toBe(0);
    expect((await pipeline.cli("unlock", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
    expect(await files()).toEqual(["prod.json.zst"]);

    // A bare engine reads it, and writes it plain; from then on it is kept so, until somebody says otherwise.
    const modules = new URL("../..", import.meta.url).pathname;
    await pipeline.write("Pulumi.yaml", `name: fleet\nruntime: nodejs\nmain: ${modules}\n`);
    expect(await pulumi("stack", "ls", "--json")).toContain('"name": "prod"');
    await pulumi("refresh", "--stack", "prod", "--yes", "--non-interactive");
    expect(await files()).toEqual(["prod.json"]);
    await rm(join(pipeline.folder, "Pulumi.yaml"));
    expect((await up()).stdout).toBe(unchanged);
    expect(await files()).toEqual(["prod.json"]);
    expect((await up("--compress-state")).stdout).toBe(
      `${unchanged}\nThe state of stack "prod" is compressed from now on. Pulumi CLIs without zstd can't read it.\n`,
    );
    expect(await files()).toEqual(["prod.json.zst"]);
    expect((await up("--compress-state")).stdout).toBe(unchanged);
    expect(emulator.mutations()).toEqual([]);

    expect((await pipeline.cli("destroy", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
    expect(await files()).toEqual(["prod.json.zst"]);
  },
);

test("whoever sets Pulumi's own switch decides", { timeout: 120_000 }, async () => {
  pipeline.env = { ...pipeline.env, PULUMI_DIY_BACKEND_ZSTD: "false" };
  expect((await up()).code).toBe(0);
  expect((await up("--compress-state")).stdout).toBe(unchanged);
  expect(await files()).toEqual(["prod.json"]);
});
