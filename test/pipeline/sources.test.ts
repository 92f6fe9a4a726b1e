import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Connector, fromEnv } from "pulumi-dataspace";
import { up } from "pulumi-dataspace/pipeline";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });

beforeEach(async () => {
  pipeline.env = { KEY: "key-of-generation-1" };
});

test("moving between a program and a manifest with the same names changes nothing", { timeout: 120_000 }, async () => {
  const { emulator } = pipeline;
  const key = fromEnv("KEY");
  const program = async () => {
    new Connector("acme", {
      name: "acme-edc",
      settle: "300ms",
      amazonS3: {
        bucketName: "acme",
        region: "eu-central-1",
        accessKeyIdRead: key,
        secretAccessKeyRead: key,
        accessKeyIdWrite: key,
        secretAccessKeyWrite: key,
      },
    });
    new Connector("plain", { settle: "300ms" });
  };
  const source = { program, project: "fleet" };
  const run = up({ source, stack: "prod", env: pipeline.environment });
  const seen: string[] = [];
  for await (const event of run) if (event.type === "ended") seen.push(`${event.operation} ${event.key}`);
  const made = await run;
  expect([made.exitCode, made.errors]).toEqual([0, []]);
  expect(seen.toSorted()).toEqual(["create acme", "create plain"]);
  expect(made.connectors.map(({ key: each, status }) => [each, status])).toEqual([
    ["acme", "RUNNING"],
    ["plain", "RUNNING"],
  ]);
  expect(made.requests).toMatchObject({ create: 2 });

  emulator.clearRequests();
  await pipeline.declare({ acme: { name: "acme-edc", amazonS3: s3From("KEY") }, plain: {} });
  const asManifest = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
  expect(asManifest.stdout).toBe("Stack prod: nothing changes, 2 unchanged.\n");
  const back = await up({ source, stack: "prod", env: pipeline.environment });
  expect(back.plan?.connectors).toEqual([]);
  expect(emulator.mutations()).toEqual([]);
});

test("a project whose language this CLI can't run is told so in one sentence", { timeout: 60_000 }, async () => {
  const project = join(pipeline.folder, "project");
  await mkdir(project);
  await writeFile(join(project, "Pulumi.yaml"), "name: theirs\nruntime: cobol\n");
  const outcome = await pipeline.cli("preview", "--stack", "prod", "--quiet", "--project-dir", project);
  expect(outcome).toEqual({
    code: 1,
    stdout:
      "This Pulumi CLI has no language host for cobol, so it can't run the project's program.\n" +
      "Next: Install Pulumi with its language hosts (https://www.pulumi.com/docs/install), or declare the connectors in a manifest, which needs none.\n",
    stderr: "",
  });
});

test("a locked stack: who holds it, waiting for it, and taking the lock away", { timeout: 120_000 }, async () => {
  await pipeline.declare({ plain: {} });
  const args = ["--stack", "prod", "--yes", "--quiet"];
  expect((await pipeline.cli("up", ...args)).code).toBe(0);
  await pipeline.declare({ plain: { desiredStatus: "STOPPED" } });
  const locks = join(pipeline.folder, ".pulumi/locks/organization/fleet/prod");
  const lock = async () => {
    await mkdir(locks, { recursive: true });
    const holder = { pid: 12, username: "ci", hostname: "runner-7", timestamp: "2026-01-02T03:04:05Z" };
    await writeFile(join(locks, "a-run.json"), JSON.stringify(holder));
  };
  await lock();
  const refused = await pipeline.cli("up", ...args);
  expect(refused.code).toBe(1);
  expect(refused.stdout.replace(/ \(\d+h(\d+m)?\)/, " (a while)")).toBe(
    'Stack "prod" is locked by another run.\n' +
      "Why: ci@runner-7 (pid 12) since 2026-01-02T03:04:05Z (a while)\n" +
      "Next: Wait for it with --wait-for-lock 10m; if that run is dead, run pulumi-dataspace unlock --stack prod.\n",
  );
  const manifest = join(pipeline.folder, "connectors.json");
  const run = up({ source: { manifest }, stack: "prod", env: pipeline.environment, waitForLockMs: 60_000 });
  const waits: string[] = [];
  for await (const event of run) {
    if (event.type !== "phase" || !event.text.includes("locked")) continue;
    waits.push(event.text.replace(/\(\d+m?s\)/, "(a while)"));
    await rm(locks, { recursive: true, force: true });
  }
  const waited = await run;
  expect([waited.exitCode, waited.differences, waited.errors]).toEqual([0, [], []]);
  expect(waits).toEqual(['Stack "prod" is locked by another run; waiting for it (a while) …']);

  await lock();
  const unlocked = await pipeline.cli("unlock", ...args);
  expect(unlocked.code).toBe(0);
  expect(unlocked.stdout).toMatch(
    /^Stack "prod" is locked by ci@runner-7 \(pid 12\) since 2026-01-02T03:04:05Z \(\d+h(\d+m)?\)\.\n\nThe lock was removed\./,
  );
  expect(await pipeline.cli("unlock", ...args)).toEqual({
    code: 0,
    stdout: 'Stack "prod" is not locked.\n',
    stderr: "",
  });
});
