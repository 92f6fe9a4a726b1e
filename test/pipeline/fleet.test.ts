import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { zstdDecompressSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });
const names = ["ada", "bea", "cleo", "dora", "eva", "fay", "gil", "hal"];

beforeEach(async () => {
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])));
});

/** Which stack's state holds which connectors; not those that are still being made. */
async function holders(...stacks: readonly string[]): Promise<Record<string, string[]>> {
  const held = await Promise.all(
    stacks.map(async (stack) => {
      const bytes = await readFile(`${pipeline.folder}/.pulumi/stacks/fleet/${stack}.json.zst`).catch(() => undefined);
      const { checkpoint } = JSON.parse(bytes ? zstdDecompressSync(bytes).toString() : empty) as Checkpoint;
      const urns = (checkpoint.latest?.resources ?? []).map(({ urn }) => urn);
      return [stack, urns.flatMap((urn) => /dataspace:Connector::(\w+)$/.exec(urn)?.[1] ?? []).toSorted()] as const;
    }),
  );
  return Object.fromEntries(held);
}

interface Checkpoint {
  readonly checkpoint: { readonly latest?: { readonly resources?: readonly { readonly urn: string }[] } };
}
const empty = '{"checkpoint":{}}';

test(
  "a fleet is spread over stacks without a connector being touched, and gathered again",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
    emulator.clearRequests();

    // By hand it isn't done: the state says how many stacks there are.
    await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])), { shards: 3 });
    const refused = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--stacks-at-once", "3");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      'Stack "prod" holds shard 1/1, but the manifest declares 1/3; nothing was changed.\n' +
        "Next: Set shards in the manifest back to 1; to change it, run pulumi-dataspace reshard --to N, which moves state and changes no connector.",
    );
    expect(await holders("prod", "prod-2", "prod-3")).toEqual({ prod: names, "prod-2": [], "prod-3": [] });

    await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])));
    expect(await pipeline.cli("reshard", "--stack", "prod", "--to", "3", "--yes", "--quiet")).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^The fleet is now spread over 3 stacks \(before: 1\): \d connectors moved in state, nothing was changed at the service\.\n$/,
      ) as string,
      stderr: "",
    });
    const spread = await holders("prod", "prod-2", "prod-3");
    expect(Object.values(spread).flat().toSorted()).toEqual(names);
    expect(Object.values(spread).every((keys) => keys.length > 0)).toBe(true);
    expect(JSON.parse(await readFile(`${pipeline.folder}/connectors.json`, "utf8"))).toMatchObject({ shards: 3 });

    const together = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--stacks-at-once", "3");
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
      "There is no shard 2/4: the manifest has 3 shards.\nNext: Give one from 1/3 to 3/3, or change shards with pulumi-dataspace reshard.\n",
    );

    expect((await pipeline.cli("reshard", "--stack", "prod", "--to", "1", "--yes", "--quiet")).code).toBe(0);
    expect(await holders("prod", "prod-2", "prod-3")).toEqual({ prod: names, "prod-2": [], "prod-3": [] });
    expect(emulator.mutations()).toEqual([]);
  },
);

test("a no is said once, over all stacks of a fleet", async () => {
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])), { shards: 2 });
  const { code, stdout, stderr } = await pipeline.cli(
    "up",
    "--stack",
    "prod",
    "--stacks-at-once",
    "2",
    "--report",
    "up.md",
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: "Cancelled. Nothing was changed.\n" });
  expect(stderr.match(/There is no terminal to confirm in\.\nNext: .*\n/g)).toEqual([
    "There is no terminal to confirm in.\nNext: Run the same command with --yes to confirm.\n",
  ]);
  expect(await readFile(`${pipeline.folder}/up.md`, "utf8")).toContain("Cancelled. Nothing was changed.");
  expect(pipeline.emulator.mutations()).toEqual([]);
  const asked = await pipeline.cli("reshard", "--stack", "prod", "--to", "3");
  expect(asked).toEqual({
    code: 1,
    stdout: "Cancelled. Nothing was changed.\n",
    stderr:
      "The connectors of prod are spread over 3 stacks by moving state; none is changed at the service.\n" +
      "There is no terminal to confirm in.\nNext: Run the same command with --yes to confirm.\n",
  });
});

test(
  "a stack that a first run is still filling is no other fleet's, nor one whose first run was killed",
  {
    timeout: 240_000,
  },
  async () => {
    const { emulator } = pipeline;
    await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])), { shards: 2 });
    emulator.fault({ call: "create", connector: "hal", do: "stuck" });
    const one = (shard: string) => ["up", "--stack", "prod", "--yes", "--quiet", "--shard", shard];
    const filling = pipeline.begin(...one("1/2"));
    await expect.poll(() => holders("prod"), { timeout: 60_000 }).toEqual({ prod: ["cleo", "eva", "gil"] });

    const beside = await pipeline.cli(...one("2/2"));
    expect(beside.code, beside.stdout).toBe(0);

    process.kill(-(filling.child.pid ?? NaN), "SIGKILL");
    await filling.ended;
    await pipeline.cli("unlock", "--stack", "prod", "--yes");
    emulator.interfere("hal", { remove: true });
    const again = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--stacks-at-once", "2");
    expect(again.code, again.stdout).toBe(0);
    expect(await holders("prod", "prod-2")).toEqual({
      prod: ["cleo", "eva", "gil", "hal"],
      "prod-2": ["ada", "bea", "dora", "fay"],
    });
    const created = [...names, "hal"].map((name) => `POST /connectors/${name} 201`);
    expect(emulator.mutations().toSorted()).toEqual(created);
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
    "--stacks-at-once",
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
  expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--stacks-at-once", "2")).code).toBe(0);
  expect(emulator.mutations()).toEqual([]);
});

test(
  "a state that is being written in that instant is read again, whoever reads it",
  { timeout: 120_000 },
  async () => {
    expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
    // What Pulumi's file backend writes last, and not at once.
    const beside = `${pipeline.folder}/.pulumi/stacks/fleet/prod.json.zst.attrs`;
    const whole = await readFile(beside);
    await writeFile(beside, "");
    const preview = pipeline.begin("preview", "--stack", "prod", "--quiet");
    await sleep(1_500);
    await writeFile(beside, whole);
    expect(await preview.ended).toEqual({
      code: 0,
      stdout: `Stack prod: nothing changes, ${names.length} unchanged.\n`,
      stderr: "",
    });
  },
);

test("a reshard says which stack is locked, or waits for it", { timeout: 120_000 }, async () => {
  expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).code).toBe(0);
  const held = `${pipeline.folder}/.pulumi/locks/organization/fleet/prod`;
  const lock = `${held}/00000000-0000-4000-8000-000000000000.json`;
  const timestamp = new Date().toISOString();
  await mkdir(held, { recursive: true });
  await writeFile(lock, JSON.stringify({ pid: 12, username: "ada", hostname: "elsewhere", timestamp }));

  const locked = await pipeline.cli("reshard", "--stack", "prod", "--to", "2", "--yes", "--quiet");
  expect(locked.code).toBe(1);
  expect(locked.stdout).toMatch(
    /^Stack "prod" is locked by another run\.\nWhy: ada@elsewhere \(pid 12\) since \S+ \(.+\)\nNext: Wait for it with --wait-for-lock 10m; if that run is dead, run pulumi-dataspace unlock --stack prod\.\n$/,
  );

  const waiting = pipeline.begin("reshard", "--stack", "prod", "--to", "2", "--yes", "--wait-for-lock", "1m");
  await expect.poll(waiting.printed, { timeout: 30_000 }).toContain('Stack "prod" is locked by another run; waiting');
  await rm(lock);
  expect((await waiting.ended).code, waiting.printed()).toBe(0);
  expect(
    Object.values(await holders("prod", "prod-2"))
      .flat()
      .toSorted(),
  ).toEqual(names);
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
