import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { s3 } from "../../support/connectors.js";
import { MiniEngine } from "../../support/mini-engine.js";
import { VirtualClock } from "../../support/virtual-clock.js";

let emulator: Emulator;
let engine: MiniEngine;

beforeEach(async () => {
  const clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 2_000, stopMs: 1_000, now: clock.now });
  const environment = { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token };
  engine = new MiniEngine(() => environment, { clock, random: () => 0.5, feed: {} });
});
afterEach(() => emulator.close());

const up = () => engine.up("acme", { amazonS3: s3(), onDelete: "scrub" });

test("a destroy that took the credentials away and came no further says so, and up --refresh gives them back", async () => {
  await up();
  emulator.fault({ call: "stop", times: 9, do: { status: 409, body: '{"detail":"busy"}' } });
  emulator.fault({ call: "fail", times: 9, do: { status: 409, body: '{"detail":"busy"}' } });
  const { error, notes } = await engine.destroy("acme");
  expect(error?.code).toBe("DELETE_BLOCKED");
  expect(notes).toEqual([
    'Connector "acme" no longer has its storage and credentials at the service (onDelete: scrub). To keep it, run pulumi up --refresh, which restores them.',
  ]);
  expect(emulator.connector("acme")?.payload).toEqual({});

  emulator.clearFaults();
  emulator.clearRequests();
  await engine.refresh("acme");
  expect(engine.entries.get("acme")?.inputs).not.toHaveProperty("amazonS3");
  expect((await up()).error).toBeUndefined();
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
});

test("storage that was taken away elsewhere is drift; of a service that never tells it, it is not", async () => {
  await up();
  emulator.interfere("acme", { payload: {} });
  await engine.refresh("acme");
  expect(engine.entries.get("acme")?.inputs).not.toHaveProperty("amazonS3");
  await up();
  expect(emulator.connector("acme")?.payload).toEqual(s3());

  const entry = engine.entries.get("acme");
  engine.entries.set("acme", {
    inputs: {},
    unhealthy: false,
    ...entry,
    outs: { ...entry?.outs, storageType: undefined },
  });
  emulator.interfere("acme", { payload: {} });
  await engine.refresh("acme");
  expect(engine.entries.get("acme")?.inputs["amazonS3"]).toEqual({ bucketName: "acme", region: "eu-central-1" });
});
