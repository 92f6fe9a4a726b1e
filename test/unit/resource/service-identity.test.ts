import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { Core } from "../../../provider/core/core.js";
import { DynamicProvider } from "../../../provider/dynamic/dynamic-provider.js";
import { baseUrlOf, isSameService } from "../../../provider/model/base-url.js";
import type { PropertyMap } from "../../../provider/model/property-map.js";
import { EngineLog } from "../../../provider/resource/engine-log.js";
import { diff } from "../../../provider/resource/resource.js";
import { Urns } from "../../../provider/resource/urns.js";
import { Fleet } from "../../support/fleet.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 20, stopMs: 20 });
});
afterEach(() => emulator.close());

test.each([
  ["https://x.example/backend", "https://X.example:443/backend//", true],
  ["https://x.example/", "https://x.example", true],
  ["https://x.example/a", "https://x.example/b", false],
  ["https://x.example/a", "https://x.example", false],
  ["https://x.example/", "https://x.example/a", false],
  // As older versions wrote it: the origin alone.
  ["https://x.example", "https://x.example/a", true],
  ["https://x.example", "https://x.example", true],
  ["https://x.example", "https://y.example/a", false],
  ["https://x.example", "http://x.example", false],
])("state that says %s and an endpoint %s are one service: %s", (remembered, endpoint, same) => {
  expect(isSameService(remembered, baseUrlOf(endpoint))).toBe(same);
});

test("another path of the same host is another service: nothing is asked there, and state stays", async () => {
  const environment: NodeJS.ProcessEnv = {};
  const fleet = new Fleet(emulator, environment);
  await fleet.up(["acme"], {});
  emulator.clearRequests();
  const other = emulator.endpoint.replace(/backend$/, "other");
  environment["DATASPACE_ENDPOINT"] = other;
  const sentence = (verb: string) =>
    `Could not ${verb} connector "acme": state says that it is at ${emulator.endpoint}, but DATASPACE_ENDPOINT is ${other}.`;
  await expect(fleet.refresh(["acme"])).rejects.toThrow(sentence("read"));
  await expect(fleet.up(["acme"], { desiredStatus: "STOPPED" })).rejects.toThrow(sentence("update"));
  await expect(fleet.destroy(["acme"])).rejects.toThrow(sentence("delete"));
  expect(emulator.requestLines()).toEqual([]);
});

test.each([
  [{ name: "acme" }, { name: "acme", account: "b" }, false],
  [{ name: "acme", account: "b" }, { name: "acme" }, false],
  [{ name: "acme" }, { name: "beta" }, false],
  [{ name: "acme", account: "b" }, { name: "acme", account: "b" }, true],
])("%o to %o: the old one goes before the new one comes: %s", (olds, news, before) => {
  expect(diff(olds, news).deleteBeforeReplace).toBe(before);
});

test("two names of one account don't make two connectors of one", async () => {
  const { endpoint: DATASPACE_ENDPOINT, token: DATASPACE_TOKEN } = emulator;
  const other = { DATASPACE_B_ENDPOINT: `${DATASPACE_ENDPOINT}/`, DATASPACE_B_TOKEN: DATASPACE_TOKEN };
  const { signal } = new AbortController();
  const core = new Core(() => undefined, { DATASPACE_ENDPOINT, DATASPACE_TOKEN, ...other }, signal);
  const provider = new DynamicProvider({ core, log: new EngineLog(() => Promise.resolve()), urns: new Urns(), signal });
  const urn = "urn:pulumi:test::shop::pulumi-nodejs:dynamic/dataspace:Connector::acme";
  const check = async (olds: PropertyMap, args: PropertyMap) =>
    (await provider.check(olds, { __provider: "shim", salt: urn, ...args })).inputs as PropertyMap;
  const first = await check({}, {});
  const { outs } = await provider.create(first);
  // As the engine does for a replacement: check once with what state holds, and once with nothing.
  const moved = { account: "b", onExisting: "adopt" };
  await check(first, moved);
  await provider.create(await check({}, moved));
  await provider.delete(outs as PropertyMap);
  expect(emulator.connector("acme")?.status).toBe("RUNNING");
  expect(emulator.mutations().filter((line) => line.includes("stop"))).toEqual([]);
  await core.close();
});
