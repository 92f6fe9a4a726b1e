import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { getConnectors } from "../../../sdk/lookup.js";

let emulator: Emulator;

beforeEach(async () => {
  emulator = await Emulator.start();
  vi.stubEnv("DATASPACE_ENDPOINT", emulator.endpoint);
  vi.stubEnv("DATASPACE_TOKEN", emulator.token);
  for (const name of ["ax", "bx", "cx", "d"]) emulator.interfere(name, { create: {} });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
});

test.each([/x/, /x/g, /x$/gu, /.x/y])("getConnectors selects every name that matches %s", async (name) => {
  expect((await getConnectors({ name })).map((info) => info.name)).toEqual(["ax", "bx", "cx"]);
});
