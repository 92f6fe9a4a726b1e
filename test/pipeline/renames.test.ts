import { Connector } from "pulumi-dataspace";
import { up, type UpOptions } from "pulumi-dataspace/pipeline";
import { expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });
const run = (verb: string, ...args: string[]) => pipeline.cli(verb, "--stack", "prod", "--quiet", ...args);

test(
  "a manifest's new key for a connector is a rename in state: no request changes anything",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    pipeline.env = { KEY: "key-of-generation-1" };
    const acme = { name: "acme-edc", amazonS3: s3From("KEY") };
    await pipeline.declare({ acme, beta: {} });
    expect(await run("up", "--yes")).toMatchObject({ code: 0 });

    emulator.clearRequests();
    await pipeline.declare({ "acme-of-berlin": acme, beta: {} });
    expect(await run("preview", "--detailed-exitcode")).toMatchObject({
      code: 0,
      stdout: "Stack prod: nothing changes, 2 unchanged.\n",
    });
    expect(await run("up", "--yes", "--only", "acme-of-*")).toMatchObject({ code: 0 });
    expect(await run("up", "--yes")).toMatchObject({ code: 0 });
    expect(emulator.mutations()).toEqual([]);

    // Two keys change places with two names: each name stays what it is.
    await pipeline.declare({ beta: acme, "acme-of-berlin": { name: "beta" } });
    const swapped = await run("preview");
    expect(swapped.code, swapped.stdout + swapped.stderr).toBe(1);
    expect(emulator.mutations()).toEqual([]);
  },
);

test("a key that moves to another stack of the fleet: nothing is stopped", { timeout: 240_000 }, async () => {
  const { emulator } = pipeline;
  await pipeline.declare({ acme: { name: "acme-edc" }, beta: {} }, { shards: 2 });
  expect(await run("up", "--yes")).toMatchObject({ code: 0 });

  emulator.clearRequests();
  await pipeline.declare({ globex: { name: "acme-edc" }, beta: {} }, { shards: 2 });
  const refused = await run("up", "--yes");
  expect(refused.code).toBe(1);
  expect(refused.stdout + refused.stderr).toContain(
    'Could not delete connector "acme-edc": the manifest now declares it under the key globex, which belongs to another stack of the fleet.',
  );
  expect(emulator.mutations()).toEqual([]);
  expect(emulator.connector("acme-edc")).toMatchObject({ status: "RUNNING" });
});

test(
  "a program's resource that is renamed without an alias: the preview foresees it, and up does not begin",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    const options = (key: string, more: object = {}): UpOptions => ({
      source: { project: "fleet", program: async () => void new Connector(key, { name: "acme-edc" }, more) },
      stack: "prod",
      env: pipeline.environment,
    });
    expect(await up(options("acme"))).toMatchObject({ exitCode: 0, errors: [] });
    emulator.clearRequests();
    expect(await up(options("globex"))).toMatchObject({
      exitCode: 1,
      errors: [
        'Could not create connector "acme-edc": resource globex declares it, and the stack has it as acme.\n' +
          'Next: If the resource was renamed or moved, add its old name or parent to its aliases option: aliases: [{ name: "acme" }]. Nothing was changed.',
      ],
      connectors: [],
    });
    expect(await up(options("globex", { aliases: [{ name: "acme" }] }))).toMatchObject({ exitCode: 0, errors: [] });
    expect(emulator.mutations()).toEqual([]);
  },
);

test("a name that is taken: the preview exits with 1, and up does not begin", { timeout: 240_000 }, async () => {
  const { emulator } = pipeline;
  emulator.interfere("acme", { create: {} });
  await pipeline.declare({ acme: {}, beta: {} });
  for (const [verb, ...flags] of [["preview"], ["up", "--yes"]] as const) {
    const refused = await run(verb, ...flags);
    expect(refused.code, refused.stdout).toBe(1);
    expect(refused.stdout).toContain(
      'Could not create connector "acme": the name is taken at the service (RUNNING); DATASPACE_ON_EXISTING=adopt takes it over.\n' +
        "Next: Decide whose connector it is, then run the command again; nothing was changed.",
    );
  }
  expect(emulator.mutations()).toEqual([]);
});
