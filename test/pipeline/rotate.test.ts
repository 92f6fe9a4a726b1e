import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import type { Report } from "pulumi-dataspace/pipeline";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 200, lagMs: 150 });

const reference = (name: string) => ({ fromEnv: `${name}_{name}`, previous: { fromEnv: `${name}_OLD` } });

/** A storage whose write key comes from a variable of its own, with a way back. */
function storage(more: object = {}): Record<string, unknown> {
  return { ...s3From("KEY"), secretAccessKeyWrite: reference("WRITE"), ...more };
}

/** Fifty connectors; every one has a key of its own in the environment. */
const names = Array.from({ length: 50 }, (_, index) => `c${String(index + 1).padStart(2, "0")}`);
const keys = (generation: number, wrong: Readonly<Record<string, string>> = {}) => ({
  KEY: "key-of-all",
  WRITE_OLD: "write-key-1",
  ...Object.fromEntries(names.map((name) => [`WRITE_${name.toUpperCase()}`, wrong[name] ?? `write-key-${generation}`])),
});

const rotate = (...more: readonly string[]) =>
  pipeline.cli("rotate", "--stack", "prod", "--yes", "--quiet", "--json", ...more);
const reportOf = (stdout: string) => JSON.parse(stdout) as Report;
const countsOf = (report: Report) =>
  Object.fromEntries(
    ["done", "failed", "rolledBack", "notStarted"].map((result) => [
      result,
      report.connectors.filter((each) => each.result === result).length,
    ]),
  );

test("fifty in waves of five, where number 23 rejects its new key", { timeout: 600_000 }, async () => {
  const { emulator } = pipeline;
  pipeline.env = keys(1);
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, { amazonS3: storage() }])));
  const up = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
  expect(up.code, up.stdout + up.stderr).toBe(0);

  pipeline.env = keys(2);
  // It starts with its new key, and fails on it.
  emulator.fault({ call: "edit", connector: "c23", do: "failAtStart" });
  emulator.clearRequests();
  const first = await rotate("--wave", "5");
  const report = reportOf(first.stdout);
  expect(countsOf(report)).toEqual({ done: 24, failed: 0, rolledBack: 1, notStarted: 25 });
  expect([first.code, report.exitCode]).toEqual([4, 4]);
  expect(report.connectors.find(({ key }) => key === "c23")).toMatchObject({ result: "rolledBack", status: "RUNNING" });
  expect(emulator.connector("c23")).toMatchObject({
    status: "RUNNING",
    payload: { secretAccessKeyWrite: "write-key-1" },
  });
  expect(emulator.connector("c25")?.payload).toMatchObject({ secretAccessKeyWrite: "write-key-2" });
  expect(emulator.connector("c26")).toMatchObject({ restarts: 0, payload: { secretAccessKeyWrite: "write-key-1" } });
  const edits = (name: string) => emulator.mutations().filter((line) => line.startsWith(`PUT /connectors/${name} `));
  expect(edits("c23").length).toBe(2);

  emulator.clearRequests();
  const second = await rotate("--wave", "13");
  expect(countsOf(reportOf(second.stdout))).toEqual({ done: 26, failed: 0, rolledBack: 0, notStarted: 0 });
  expect(second.code).toBe(0);
  for (const name of names) {
    const connector = emulator.connector(name);
    expect(connector?.payload).toMatchObject({ secretAccessKeyWrite: "write-key-2" });
    // One restart per push: one for each, and two more for the one that went there and back.
    expect(connector?.restarts, name).toBe(name === "c23" ? 3 : 1);
  }
  expect(edits("c01")).toEqual([]);
});

test("a key that is refused (422) is never in force, and nothing restarts for it", { timeout: 120_000 }, async () => {
  const { emulator } = pipeline;
  pipeline.env = keys(1);
  await pipeline.declare({ c01: { amazonS3: storage() }, c02: { amazonS3: storage() } });
  await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
  pipeline.env = keys(2);
  emulator.fault({ call: "edit", connector: "c01", do: { status: 422, echo: true } });
  const refused = await rotate("--wave", "1");
  expect(refused.code, refused.stdout).not.toBe(0);
  expect(refused.stdout).not.toContain("write-key");
  expect(emulator.connector("c01")).toMatchObject({ status: "RUNNING", restarts: 0 });
  expect(emulator.connector("c02")).toMatchObject({ status: "RUNNING", restarts: 0 });
  expect((await rotate()).code).toBe(0);
  expect(emulator.connector("c01")?.payload).toMatchObject({ secretAccessKeyWrite: "write-key-2" });
});

test(
  "what isn't a rotation, and what can't be rolled back, is refused before the first push",
  { timeout: 120_000 },
  async () => {
    const { emulator } = pipeline;
    pipeline.env = keys(1);
    await pipeline.declare({ c01: { amazonS3: storage() }, c02: { amazonS3: s3From("KEY") } });
    await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    emulator.clearRequests();

    pipeline.env = { ...keys(2), KEY: "another-key-of-all" };
    const irreversible = await pipeline.cli("rotate", "--stack", "prod", "--yes", "--quiet");
    expect(irreversible.code).toBe(3);
    expect(irreversible.stdout).toContain(
      [
        '✗ No "previous" value to roll back to for c01 (amazonS3.accessKeyIdRead, amazonS3.secretAccessKeyRead, amazonS3.accessKeyIdWrite); ' +
          "c02 (amazonS3.accessKeyIdRead, amazonS3.secretAccessKeyRead, amazonS3.accessKeyIdWrite, amazonS3.secretAccessKeyWrite). " +
          "Nothing was changed.",
        "  Next: Add previous to those references, or run rotate with --no-rollback.",
      ].join("\n"),
    );

    pipeline.env = keys(2);
    await pipeline.declare({
      c01: { amazonS3: storage({ region: "us-east-1" }) },
      c02: { amazonS3: s3From("KEY") },
      c03: {},
    });
    const others = await pipeline.cli("rotate", "--stack", "prod", "--yes", "--quiet");
    expect(others.code).toBe(3);
    expect(others.stdout).toContain(
      [
        "✗ A rotation changes credentials only, and other changes are pending: c01 (edit and restart: amazonS3.region); c03 (create).",
        "  Next: Apply them with up first, or leave those connectors out with --exclude.",
      ].join("\n"),
    );
    expect(emulator.mutations()).toEqual([]);
  },
);

test("two rotations at once: one is refused, and nothing is pushed twice", { timeout: 180_000 }, async () => {
  const { emulator } = pipeline;
  pipeline.env = keys(1);
  await pipeline.declare(Object.fromEntries(names.slice(0, 4).map((name) => [name, { amazonS3: storage() }])));
  await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
  pipeline.env = keys(2);
  emulator.clearRequests();
  const [one, other] = await Promise.all([rotate("--wave", "2"), rotate("--wave", "2", "--wait-for-lock", "90s")]);
  expect(Math.min(one.code ?? 1, other.code ?? 1), one.stdout + other.stdout).toBe(0);
  // Whoever came later finds what is proven, and pushes nothing again.
  const again = await rotate();
  expect(again.code, again.stdout).toBe(0);
  for (const name of names.slice(0, 4)) {
    expect(emulator.mutations().filter((line) => line.includes(`/${name} `))).toEqual([`PUT /connectors/${name} 200`]);
  }
});

test("a rotation that is killed is taken up by the next one", { timeout: 180_000 }, async () => {
  const { emulator } = pipeline;
  pipeline.env = keys(1);
  await pipeline.declare(Object.fromEntries(names.slice(0, 4).map((name) => [name, { amazonS3: storage() }])));
  await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
  pipeline.env = keys(2);
  emulator.clearRequests();
  const third = emulator.waitFor(({ call, connector }) => call === "edit" && connector === "c03");
  const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;
  const child = spawn(process.execPath, [main, "rotate", "--stack", "prod", "--yes", "--wave", "1"], {
    cwd: pipeline.folder,
    env: { ...process.env, ...pipeline.environment },
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await third;
  if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  await ended;
  await pipeline.cli("unlock", "--stack", "prod", "--yes");
  const again = await rotate();
  expect(again.code, again.stdout + again.stderr).toBe(0);
  for (const name of names.slice(0, 4)) {
    expect(emulator.connector(name)).toMatchObject({
      status: "RUNNING",
      payload: { secretAccessKeyWrite: "write-key-2" },
    });
  }
  const edits = (name: string) =>
    emulator.mutations().filter((line) => line.startsWith(`PUT /connectors/${name} `)).length;
  expect([edits("c01"), edits("c02"), edits("c04")]).toEqual([1, 1, 1]);
  expect(edits("c03")).toBeLessThanOrEqual(2);
});
