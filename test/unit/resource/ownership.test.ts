import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { Core } from "../../../provider/core/core.js";
import { DynamicProvider } from "../../../provider/dynamic/dynamic-provider.js";
import { EngineLog } from "../../../provider/resource/engine-log.js";
import { Urns } from "../../../provider/resource/urns.js";
import type { PropertyMap } from "../../../provider/model/property-map.js";
import { s3 } from "../../support/connectors.js";
import { MiniEngine } from "../../support/mini-engine.js";
import { VirtualClock } from "../../support/virtual-clock.js";

let emulator: Emulator;
let engine: MiniEngine;
let environment: NodeJS.ProcessEnv;
let clock: VirtualClock;

beforeEach(async () => {
  clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 2_000, stopMs: 1_000, lagMs: 1_000, now: clock.now });
  environment = { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token };
  engine = new MiniEngine(() => environment, { clock, random: () => 0.5, feed: {} });
});
afterEach(() => emulator.close());

const theirs = s3({ secretAccessKeyRead: "theirs" });

/** One process of the provider, driven call by call. */
function provider(): DynamicProvider {
  const { signal } = new AbortController();
  const core = new Core(() => undefined, environment, signal, { clock, random: () => 0.5, feed: {} });
  return new DynamicProvider({ core, log: new EngineLog(() => Promise.resolve()), urns: new Urns(), signal });
}
const urnOf = (resource: string) => `urn:pulumi:test::shop::pulumi-nodejs:dynamic/dataspace:Connector::${resource}`;
const checked = async (at: DynamicProvider, resource: string, args: PropertyMap, olds: PropertyMap = {}) =>
  (await at.check(olds, { __provider: "shim", salt: urnOf(resource), ...args })).inputs as PropertyMap;

test("an unproven create owns nothing: what a colleague makes is neither edited, stopped nor deleted", async () => {
  const args = { amazonS3: s3(), onExisting: "error", onDelete: "delete" };
  emulator.fault({ call: "create", do: { status: 500, body: '{"detail":"boom"}' }, times: 9 });
  expect((await engine.up("acme", args)).error).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  emulator.clearFaults();
  emulator.interfere("acme", { create: theirs });
  emulator.interfere("acme", { status: "RUNNING" });
  emulator.clearRequests();
  expect((await engine.up("acme", args)).error).toMatchObject({ code: "ALREADY_EXISTS" });
  expect((await engine.refresh("acme")).error).toBeUndefined();
  expect(engine.entries.get("acme")?.outs).toMatchObject({ unproven: "create", status: "UNKNOWN" });
  expect((await engine.up("acme", args)).error).toMatchObject({ code: "ALREADY_EXISTS" });
  expect((await engine.destroy("acme")).notes).toEqual([
    'Connector "acme" was requested, but never seen, so nothing was changed at the service. If the service has a connector with that name, it stays as it is, even if it is yours.',
  ]);
  expect(emulator.mutations()).toEqual([]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: theirs });
});

test("a STOPPED one whose storage the service doesn't tell is left alone", async () => {
  emulator.quirks.echoStorage = "absent";
  emulator.interfere("acme", { create: theirs });
  emulator.interfere("acme", { status: "STOPPED" });
  for (const args of [{}, { amazonS3: s3() }]) {
    emulator.clearRequests();
    expect((await engine.up("acme", args)).error).toMatchObject({ code: "ALREADY_EXISTS" });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/acme 200"]);
  }
  expect(emulator.connector("acme")).toMatchObject({ status: "STOPPED", payload: theirs });
});

test("a renamed resource goes on with what was taken over as it is: the old entry is only forgotten", async () => {
  emulator.interfere("acme", { create: s3() });
  emulator.interfere("acme", { status: "RUNNING" });
  const amazonS3 = { bucketName: "acme", region: "eu-central-1" };
  const args = { name: "acme", adoptCredentials: "assume", amazonS3, onDelete: "delete" };
  const first = provider();
  const old = (await first.create(await checked(first, "acme", args))).outs as PropertyMap;
  const second = provider();
  const renamed = await checked(second, "shop", args);
  await expect(second.delete(old)).rejects.toThrow(
    `Could not delete connector "acme": ${urnOf("shop")} of the program declares it, too, and has not taken it over; nothing was changed.`,
  );
  await second.create(renamed);
  await second.delete(old);
  // The run after an interrupted one, in which state holds both.
  const third = provider();
  await checked(third, "shop", args, renamed);
  await third.delete(old);
  expect(emulator.mutations()).toEqual([]);
  expect(emulator.connector("acme")?.status).toBe("RUNNING");
});

test("a derived name stays when the resource has another, also one that no connector can have", async () => {
  const inputs = await checked(provider(), "acme", { amazonS3: s3() });
  const { inputs: after, failures } = await provider().check(inputs, {
    __provider: "shim",
    salt: urnOf("The shop's"),
    amazonS3: s3(),
  });
  expect(failures).toEqual([]);
  expect(after).toMatchObject({ name: "acme" });
});
