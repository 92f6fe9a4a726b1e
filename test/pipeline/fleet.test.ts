import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PipelineFolder } from "../support/pipeline.js";

let pipeline: PipelineFolder;
const names = ["ada", "bea", "cleo", "dora", "eva", "fay", "gil", "hal"];

beforeEach(async () => {
  pipeline = await PipelineFolder.create({ startMs: 100 });
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])));
});
afterEach(() => pipeline.remove());

/** Which stack's state holds which connectors. */
async function holders(...stacks: readonly string[]): Promise<Record<string, string[]>> {
  const held = await Promise.all(
    stacks.map(async (stack) => {
      const bytes = await readFile(`${pipeline.folder}/.pulumi/stacks/fleet/${stack}.json.zst`).catch(() => undefined);
      const text = bytes ? zstdDecompressSync(bytes).toString() : "";
      const keys = [...text.matchAll(/"urn": ?"[^"]*dataspace:Connector::(\w+)"/g)].map(([, key = ""]) => key);
      return [stack, [...new Set(keys)].toSorted()] as const;
    }),
  );
  return Object.fromEntries(held);
}

test(
  "a fleet is spread over stacks without a connector being touched, and gathered again",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
    emulator.clearRequests();

    // By hand it isn't done: the state says how many stacks there are.
    await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])), { shards: 3 });
    const refused = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--parallel", "3");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      'Stack "prod" holds shard 1/1 of its fleet, and the manifest makes it 1/3; nothing was touched.\n' +
        "Next: Set shards in the manifest back to 1; to change it, run pulumi-dataspace reshard --to N, which moves state without touching any connector.",
    );
    expect(await holders("prod", "prod-2", "prod-3")).toEqual({ prod: names, "prod-2": [], "prod-3": [] });

    await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])));
    expect(await pipeline.cli("reshard", "--stack", "prod", "--to", "3", "--yes", "--quiet")).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^The fleet is spread over 3 stacks now \(before: 1\): \d connectors moved in state, none was touched at the service\.\n$/,
      ) as string,
      stderr: "",
    });
    const spread = await holders("prod", "prod-2", "prod-3");
    expect(Object.values(spread).flat().toSorted()).toEqual(names);
    expect(Object.values(spread).every((keys) => keys.length > 0)).toBe(true);
    expect(JSON.parse(await readFile(`${pipeline.folder}/connectors.json`, "utf8"))).toMatchObject({ shards: 3 });

    const together = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--parallel", "3");
    expect(together.code, together.stdout).toBe(0);
    expect(together.stdout).toMatch(
      /^Stack prod: nothing changes[^]*Stack prod-2: nothing changes[^]*Stack prod-3: nothing changes/,
    );
    const alone = await pipeline.cli("preview", "--stack", "prod", "--quiet", "--shard", "2/3");
    expect([alone.code, alone.stdout]).toEqual([
      0,
      `Stack prod-2: nothing changes, ${spread["prod-2"]?.length} unchanged.\n`,
    ]);
    const none = await pipeline.cli("preview", "--stack", "prod", "--quiet", "--shard", "2/4");
    expect(none.stderr).toBe(
      "There is no shard 2/4: the manifest has 3 shards.\nNext: Give one from 1/3 to 3/3, or change shards by pulumi-dataspace reshard.\n",
    );

    expect((await pipeline.cli("reshard", "--stack", "prod", "--to", "1", "--yes", "--quiet")).code).toBe(0);
    expect(await holders("prod", "prod-2", "prod-3")).toEqual({ prod: names, "prod-2": [], "prod-3": [] });
    expect(emulator.mutations()).toEqual([]);
  },
);

test("limits count the whole fleet, and one refusal stops every stack", { timeout: 120_000 }, async () => {
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])), { shards: 2 });
  const refused = await pipeline.cli(
    "up",
    "--stack",
    "prod",
    "--yes",
    "--quiet",
    "--max-creates",
    "7",
    "--parallel",
    "2",
  );
  expect(refused.code).toBe(3);
  expect(refused.stdout).toContain("limits.creates");
  expect(pipeline.emulator.mutations()).toEqual([]);
});

test("a reshard that is killed anywhere goes on where it ended", { timeout: 400_000 }, async () => {
  const { emulator } = pipeline;
  expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
  emulator.clearRequests();
  for (const afterMs of [2_500, 4_000, 5_500, 7_000]) {
    await killed(["reshard", "--stack", "prod", "--to", "4", "--yes"], afterMs);
    const up = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    expect([0, 1], up.stdout + up.stderr).toContain(up.code);
    expect(emulator.mutations()).toEqual([]);
  }
  let done = await pipeline.cli("reshard", "--stack", "prod", "--to", "4", "--yes", "--quiet");
  // A command that was killed in the middle of a change of state has left its lock.
  for (let tries = 0; done.code !== 0 && tries < 4; tries++) {
    const stack = /Stack "([\w-]+)" is locked/.exec(done.stdout)?.[1];
    if (stack !== undefined) await pipeline.cli("unlock", "--stack", stack, "--yes");
    done = await pipeline.cli("reshard", "--stack", "prod", "--to", "4", "--yes", "--quiet");
  }
  expect(done.code, done.stdout + done.stderr).toBe(0);
  const spread = await holders("prod", "prod-2", "prod-3", "prod-4");
  expect(Object.values(spread).flat().toSorted()).toEqual(names);
  expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--parallel", "2")).code).toBe(0);
  expect(emulator.mutations()).toEqual([]);
});

/** Runs the command and kills it, and what it has started, after a while. */
async function killed(args: readonly string[], afterMs: number): Promise<void> {
  const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;
  const child = spawn(process.execPath, [main, ...args], {
    cwd: pipeline.folder,
    env: { ...process.env, ...pipeline.environment },
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await Promise.race([ended, sleep(afterMs)]);
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  await ended;
}
