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

test.each([
  ["preview", "--no-credentials"],
  ["up", "--yes"],
  ["drift"],
  ["rotate", "--yes"],
  ["destroy", "--yes"],
  ["unlock", "--yes"],
  ["stop", "acme", "--yes"],
  ["reshard", "--to", "2", "--yes"],
])(
  "%s refuses a manifest that sends the token elsewhere, before any request",
  { timeout: 120_000 },
  async (...args) => {
    await pipeline.declare({ acme: {} });
    expect((await pipeline.cli("up", ...onStack, "--yes", "--quiet")).code).toBe(0);
    pipeline.emulator.clearRequests();
    await pipeline.declare({ acme: {} }, { endpoint: elsewhere.endpoint });
    const { code, stdout, stderr } = await pipeline.cli(...args, ...onStack);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(
      `Could not use the service: the manifest (endpoint) names ${originOf(elsewhere)}, but DATASPACE_ENDPOINT is ${originOf(pipeline.emulator)}, and the token is sent nowhere else.\n` +
        "Next: Correct endpoint in the manifest; set DATASPACE_ENDPOINT to the new endpoint only if the token is meant for it.\n",
    );
    expect([...elsewhere.requestLines(), ...pipeline.emulator.requestLines()]).toEqual([]);
  },
);

test("an approval is refused at another endpoint than its preview's", { timeout: 120_000 }, async () => {
  await pipeline.declare({ acme: {} });
  expect((await pipeline.cli("preview", ...onStack, "--approve-out", "plan.json", "--quiet")).code).toBe(2);
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
