import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
const folder = new URL("recorded/", import.meta.url);
/** Stands for the origin of the service in a recording: an emulator has another port each time. */
const origin = "http://origin.invalid";

const program = (region: string) => async () => {
  new Connector("acme", { settle: "500ms", amazonS3: s3({ region }), timeouts: { create: "5m" } });
  new Connector("plain");
};

// What a release writes into state is recorded with it: RECORD_STATE=1 npm run test:engine -- old-state
// oxlint-disable-next-line vitest/no-conditional-tests -- not a test of every run, and never counted as skipped
if (process.env["RECORD_STATE"] !== undefined)
  test("the state of this version is recorded", async ({ emulator, stack }) => {
    await stack.up(program("eu-central-1"));
    const state = JSON.parse(await stack.exported(), (key, value: unknown) =>
      key === "sourcePosition" || key === "stackTrace" ? undefined : value,
    ) as unknown;
    const text = JSON.stringify(state, undefined, 2).replaceAll(new URL(emulator.endpoint).origin, origin);
    expect(text).not.toContain("-secret-1");
    writeFileSync(new URL(`${version}.json`, folder), `${text}\n`);
  });

test.for(readdirSync(folder))("a stack written by %s goes on working", async (file, { emulator, stack }) => {
  emulator.interfere("acme", { create: s3() });
  emulator.interfere("plain", { create: {} });
  const recorded = readFileSync(new URL(file, folder), "utf8").replaceAll(origin, new URL(emulator.endpoint).origin);
  await stack.stack.importStack(JSON.parse(recorded) as Parameters<typeof stack.stack.importStack>[0]);

  const same = await stack.up(program("eu-central-1"));
  expect(same.ok, same.output).toBe(true);
  expect(same.changes).toEqual({ same: 3 });
  expect(emulator.mutations()).toEqual([]);

  expect((await stack.refresh()).changes).toEqual({ same: 3 });
  const edited = await stack.up(program("eu-west-1"));
  expect(edited.ok, edited.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  await expectSettled(stack, emulator);
  emulator.clearRequests();
  expectOk(await stack.destroy());
  expect(emulator.mutations().sort()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/plain/stop 200"]);
});

test("what earlier versions kept of the service's other words is read over, and gone after the next refresh or update", async ({
  emulator,
  stack,
}) => {
  await stack.up(program("eu-central-1"));
  const holding = (await stack.exported()).replaceAll(
    '"storageType": "AmazonS3"',
    '"storageType": "AmazonS3", "details": { "storage_config": { "password_write": "write-secret-1" } }',
  );
  const restore = () => stack.stack.importStack(JSON.parse(holding) as Parameters<typeof stack.stack.importStack>[0]);
  await restore();
  await expectSettled(stack, emulator);
  expect(await stack.exported()).toContain('"details"');
  expectOk(await stack.refresh());
  expect(emulator.mutations()).toEqual([]);
  expect(await stack.exported()).not.toMatch(/"details"|write-secret-1/);
  await expectSettled(stack, emulator);

  await restore();
  expectOk(await stack.up(program("eu-west-1")));
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(await stack.exported()).not.toMatch(/"details"|write-secret-1/);
});

test("a stack whose shim has another text goes on working: nothing is sent, and nothing shows as changed", async ({
  emulator,
  stack,
}) => {
  await stack.up(program("eu-central-1"));
  const older = (await stack.exported()).replaceAll("exports.handler=()=>", "exports.handler = () => ");
  await stack.stack.importStack(JSON.parse(older) as Parameters<typeof stack.stack.importStack>[0]);
  await expectSettled(stack, emulator);
  expect((await stack.refresh()).changes).toEqual({ same: 3 });
  expectOk(await stack.destroy());
});

test("state holds the constant shim, at most 100 bytes, and little else", async ({ stack }) => {
  await stack.up(program("eu-central-1"));
  const acme = (await stack.resources())["acme"];
  expect(acme?.inputs["__provider"]).toBe('exports.handler=()=>require("pulumi-dataspace/dynamic-runtime")');
  expect(String(acme?.inputs["__provider"]).length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(acme).length).toBeLessThan(3_500);
});
