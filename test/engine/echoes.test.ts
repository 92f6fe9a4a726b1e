import * as pulumi from "@pulumi/pulumi";
import { Connector, getConnector, type ConnectorInfo } from "pulumi-dataspace";
import { afterEach, expect, vi } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

afterEach(() => vi.unstubAllEnvs());

const key = "CANARY-write-key-1";
const program = async () => void new Connector("acme", { amazonS3: s3({ secretAccessKeyWrite: key }) });

test("a key that the service nests in its answers stands nowhere in state, backups or history", async ({
  emulator,
  stack,
}) => {
  emulator.quirks.echoSecrets = "nested";
  const expectNowhere = async (after: string) => {
    expect(await stack.exported(), after).not.toContain(key);
    expect(await stack.rawState(), after).not.toContain(key);
  };
  expectOk(await stack.up(program));
  expect(emulator.connector("acme")?.payload["secretAccessKeyWrite"]).toBe(key);
  await expectNowhere("up");
  await expectSettled(stack, emulator);
  await expectNowhere("an up that changes nothing");
  expectOk(await stack.refresh());
  await expectNowhere("a refresh");
  expectOk(await stack.up(undefined, { refresh: true }));
  await expectNowhere("up --refresh");
  const acme = (await stack.resources())["acme"];
  expect(Object.keys(acme?.outputs ?? {})).not.toContain("details");
});

test("a key that the service gives under the name of an output or a declared field stays out, too, though a refresh knows no key", async ({
  emulator,
  stack,
}) => {
  expectOk(await stack.up(program));
  emulator.interfere("acme", {
    payload: { ...s3({ secretAccessKeyWrite: key }), region: key, endpointOverride: `key=${key}`, note: { of: [key] } },
  });
  emulator.fault({
    call: "list",
    times: 1_000,
    do: { status: 200, body: JSON.stringify({ acme: { ...s3({ region: key }), bpn: key, status: "RUNNING" } }) },
  });
  for (const clear of [false, true]) {
    if (clear) emulator.clearFaults();
    const refreshed = await stack.refresh();
    expectOk(refreshed);
    for (const text of [await stack.exported(), await stack.rawState(), refreshed.output])
      expect(text).not.toContain(key);
  }
  expect((await stack.resources())["acme"]?.outputs["amazonS3"]).toEqual({
    bucketName: "acme",
    region: "eu-central-1",
  });
});

test("what a program looks up keeps the service's other words, without a key under any name that the program declares", async ({
  emulator,
  stack,
}) => {
  vi.stubEnv("DATASPACE_ENDPOINT", emulator.endpoint);
  vi.stubEnv("DATASPACE_TOKEN", emulator.token);
  emulator.quirks.echoSecrets = "nested";
  const later = "CANARY-read-key-2";
  const amazonS3 = s3({ secretAccessKeyRead: later, secretAccessKeyWrite: key });
  const found: ConnectorInfo[] = [];
  expectOk(
    await stack.up(async () => {
      const acme = new Connector("acme", {
        amazonS3: { ...amazonS3, secretAccessKeyRead: pulumi.output(Promise.resolve(later)) },
      });
      return { size: acme.id.apply(async () => found.push(await getConnector("acme"))) };
    }),
  );
  emulator.interfere("acme", { payload: { ...amazonS3, note: { of: [key, { [later]: later }], size: 2 } } });
  expectOk(await stack.up());
  expect(found.at(-1)?.details).toEqual({
    bucketName: "acme",
    region: "eu-central-1",
    note: { of: [null, {}], size: 2 },
    storage_config: {},
  });
});
