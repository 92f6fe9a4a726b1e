import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { pipelineFolder } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });
let elsewhere: Emulator;

beforeEach(async () => {
  elsewhere = await Emulator.start();
});
afterEach(() => elsewhere.close());

const originOf = ({ endpoint }: Emulator) => new URL(endpoint).origin;
const onStack = ["--stack", "prod"];

test(
  "every command refuses a manifest that sends the token elsewhere, before any request",
  { timeout: 240_000 },
  async () => {
    await pipeline.declare({ acme: {} });
    expect((await pipeline.cli("up", ...onStack, "--yes", "--quiet")).code).toBe(0);
    pipeline.emulator.clearRequests();
    await pipeline.declare({ acme: {} }, { endpoint: elsewhere.endpoint });
    for (const args of [
      ["preview", "--no-credentials"],
      ["up", "--yes"],
      ["drift"],
      ["rotate", "--yes"],
      ["destroy", "--yes"],
      ["unlock", "--yes"],
      ["stop", "acme", "--yes"],
      ["generate"],
      ["reshard", "--to", "2", "--yes"],
    ]) {
      const { code, stdout, stderr } = await pipeline.cli(...args, ...onStack);
      expect([args[0], code]).toEqual([args[0], 1]);
      expect(stdout + stderr, args[0]).toContain(
        `Could not use the service: the manifest (endpoint) names ${originOf(elsewhere)}, but DATASPACE_ENDPOINT is ${originOf(pipeline.emulator)}, and the token is sent nowhere else.\n` +
          "Next: Correct endpoint in the manifest; set DATASPACE_ENDPOINT to the new endpoint only if the token is meant for it.\n",
      );
      expect([...elsewhere.requestLines(), ...pipeline.emulator.requestLines()], args[0]).toEqual([]);
    }
  },
);

test("an approval is refused at another endpoint than its preview's", { timeout: 120_000 }, async () => {
  await pipeline.declare({ acme: {} });
  expect((await pipeline.cli("preview", ...onStack, "--approve-out", "plan.json", "--quiet")).code).toBe(0);
  pipeline.env = { DATASPACE_ENDPOINT: elsewhere.endpoint, DATASPACE_TOKEN: elsewhere.token };
  const { code, stdout } = await pipeline.cli("up", ...onStack, "--approved", "plan.json", "--yes");
  expect(code).toBe(3);
  expect(stdout).toContain(
    `prod: the endpoint was ${pipeline.emulator.endpoint} when approved, is ${elsewhere.endpoint} now`,
  );
  expect([...elsewhere.mutations(), ...pipeline.emulator.mutations()]).toEqual([]);
  pipeline.env = {};
  expect((await pipeline.cli("up", ...onStack, "--approved", "plan.json", "--yes", "--quiet")).code).toBe(0);
});
