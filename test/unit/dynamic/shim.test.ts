import { Emulator } from "pulumi-dataspace/emulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { PropertyMap } from "../../../provider/model/property-map.js";
import { searchingShim, shim } from "../../../provider/dynamic/shim.js";
import { built } from "../../support/built.js";
import { s3 } from "../../support/connectors.js";

const { runtime } = built;
const urn = "urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::acme";
let emulator: Emulator;

beforeAll(async () => {
  emulator = await Emulator.start({ startMs: 50, stopMs: 50, lagMs: 50 });
  vi.stubEnv("DATASPACE_ENDPOINT", emulator.endpoint);
  vi.stubEnv("DATASPACE_TOKEN", emulator.token);
});
afterAll(() => emulator.close());

/** As Pulumi's process does once for each text that it meets in program and state. */
const configure = () => runtime.configure({ config: { get: () => undefined, require: () => "" } });

const checked = async (olds: PropertyMap, text: string) => {
  const { inputs } = await runtime.check(olds, { __provider: text, salt: urn, amazonS3: s3() });
  return inputs as PropertyMap;
};

test("what one text has checked, another one creates: with its keys, and its lines at the resource", async () => {
  await configure();
  const inputs = await checked({}, searchingShim);
  await configure();
  const { outs } = (await runtime.create(inputs)) as { outs: PropertyMap };
  expect(outs).toMatchObject({ status: "RUNNING", resource: "test::connectors::::" });

  // A project that has come to depend on a library alone: state's text wouldn't load there any more.
  const old = { ...outs, __provider: shim };
  const news = await checked(inputs, searchingShim);
  expect(await runtime.diff("acme", old, news)).toMatchObject({ changes: true, replaces: [] });
  emulator.clearRequests();
  expect((await runtime.update("acme", old, news)).outs).toMatchObject({ __provider: searchingShim });
  expect(emulator.mutations()).toEqual([]);

  // The other way round it may stay: it looks where the short one does, first.
  const back = await checked(inputs, shim);
  expect(await runtime.diff("acme", { ...outs, __provider: searchingShim }, back)).toMatchObject({ changes: false });
});

test("the text holds no path of a machine: state moves between machines", () => {
  expect(searchingShim).not.toMatch(/\/(?:home|work|tmp|root|Users)\b|[A-Z]:\\/);
});
