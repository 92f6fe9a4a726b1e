import { Connector } from "pulumi-dataspace";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { TestStack } from "../support/engine.js";

let emulator: Emulator;
let stack: TestStack;

beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 300, stopMs: 100, lagMs: 300 });
  stack = await TestStack.create(emulator);
});
afterEach(async () => {
  await stack.remove();
  await emulator.close();
});

const acme = (args: object = {}, fields: object = {}) => async () => {
  new Connector("acme", { settle: "1s", amazonS3: s3(fields), ...args });
};

test("up creates a connector and waits until it is RUNNING; a second up has nothing to do", async () => {
  const first = await stack.up(acme());
  expect(first.output).toContain("STARTING");
  expect(first.ok).toBe(true);
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
  expect(emulator.connector("acme")?.payload).toEqual(s3());

  emulator.clearRequests();
  const second = await stack.up();
  expect(second.changes).toEqual({ same: 2 });
  expect(emulator.requestLines()).toEqual([]);
});
