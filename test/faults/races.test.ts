import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { MiniEngine } from "../support/mini-engine.js";
import { present } from "../support/present.js";
import { VirtualClock } from "../support/virtual-clock.js";

let emulator: Emulator;
let engines: [MiniEngine, MiniEngine];

beforeEach(async () => {
  const clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 2_000, stopMs: 1_000, lagMs: 1_000, now: clock.now });
  emulator.interfere("colleague", { create: {} });
  const environment = { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token };
  const engine = () => new MiniEngine(() => environment, { clock, random: () => 0.5, feed: {} });
  engines = [engine(), engine()];
});
afterEach(() => emulator.close());

/** Two stacks, each with a program of its own that declares a connector of the same name. */
function both<T>(work: (engine: MiniEngine, args: { amazonS3: object; onDelete: string }) => Promise<T>) {
  const [first, second] = engines;
  const args = (bucketName: string) => ({ amazonS3: s3({ bucketName }), onDelete: "delete" });
  return Promise.all([work(first, args("first")), work(second, args("second"))]);
}

test("of two stacks that create one name at once, one makes it, and the other is told and has touched nothing", async () => {
  const ends = await both((engine, args) => engine.up("acme", args));
  const lost = ends.flatMap(({ error }) => (error ? [error] : []));
  expect(lost.map(({ message }) => message)).toEqual([
    'Could not create connector "acme": a connector with that name already exists (STARTING); it was not changed.\n' +
      "Why: Connector acme already exists\n" +
      "Next: If it is yours, run DATASPACE_ON_EXISTING=adopt pulumi up, which takes it over with the configuration declared here; otherwise choose another name.",
  ]);
  expect(emulator.mutations().sort()).toEqual(["POST /connectors/acme 201", "POST /connectors/acme 409"]);
  const winner = ends[0].error ? 1 : 0;
  expect(engines.map((engine) => engine.entries.has("acme"))).toEqual([winner === 0, winner === 1]);
  expect(emulator.connector("acme")?.payload).toMatchObject({ bucketName: ["first", "second"][winner] });
});

test("two stacks that edit one connector at once leave one whole configuration, and each sees the drift", async () => {
  const [first, second] = engines;
  const before = { amazonS3: s3() };
  await first.up("acme", before);
  second.entries.set("acme", present(first.entries.get("acme"), "what the first stack has made"));
  const ends = await both((engine, args) => engine.up("acme", args));
  expect(ends.map(({ error }) => error)).toEqual([undefined, undefined]);
  const { bucketName } = emulator.connector("acme")?.payload ?? {};
  expect(emulator.connector("acme")).toMatchObject({
    status: "RUNNING",
    payload: s3({ bucketName: String(bucketName) }),
  });
  await both((engine) => engine.refresh("acme"));
  expect(engines.map((engine) => engine.entries.get("acme")?.inputs["amazonS3"])).toEqual([
    { bucketName, region: "eu-central-1" },
    { bucketName, region: "eu-central-1" },
  ]);
});

test("two stacks that delete one connector at once both succeed", async () => {
  const [first, second] = engines;
  await first.up("acme", { amazonS3: s3(), onDelete: "delete" });
  second.entries.set("acme", present(first.entries.get("acme"), "what the first stack has made"));
  const ends = await both((engine) => engine.destroy("acme"));
  expect(ends.map(({ error }) => error)).toEqual([undefined, undefined]);
  expect(emulator.names()).toEqual(["colleague"]);
});
