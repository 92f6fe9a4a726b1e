import { join } from "node:path";
import { destroy, restart, rotate, up, type PipelineEvent } from "pulumi-dataspace/pipeline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

/** A policy allows something, and no longer does when the run comes to it: time has passed over questions and waves. */
const pipeline = pipelineFolder({ startMs: 100, lagMs: 100 });

const inTheWindow = new Date("2026-12-01T23:00:00Z");
const afterIt = new Date("2026-12-02T02:00:01Z");
const window = 'version: 1\nwindow: { cron: "0 22 * * 2", duration: 4h, timeZone: UTC }\n';
const exception =
  "version: 1\nlimits: { creates: 0 }\nexceptions: [{ rule: limits.creates, connectors: [c1, c2, c3], until: 2026-12-01, reason: x }]\n";
const closed =
  "The window is closed at Wed 2026-12-02 02:00 UTC (GMT+0); it opens on Tue 2026-12-08 22:00 UTC (GMT+0) for 4h.";

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: inTheWindow }));
afterEach(() => vi.useRealTimers());

const names = ["c1", "c2", "c3"];
const credential = (name: string) => ({ fromEnv: name, previous: { fromEnv: "OLD" } });
const block = { ...s3From("KEY"), secretAccessKeyWrite: credential("KEY_WRITE") };

async function options(policy: string) {
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, { amazonS3: block }])));
  return {
    source: { manifest: join(pipeline.folder, "connectors.json") },
    stack: "prod",
    env: { ...pipeline.environment, KEY: "key-of-all", KEY_WRITE: "write-key-1", OLD: "write-key-1" },
    policy: await pipeline.write("policy.yaml", policy),
  };
}

/** Answers yes, hours later. */
const confirm = () => {
  vi.setSystemTime(afterIt);
  return Promise.resolve(true);
};

/** Follows a run; the window closes once the first connector is being changed. */
async function closing<T>(run: AsyncIterable<PipelineEvent> & PromiseLike<T>, begins: PipelineEvent["type"]) {
  let wave = false;
  for await (const event of run) {
    wave ||= event.type === "phase" && event.text.startsWith("Wave 1 of 3");
    if (wave && event.type === begins) vi.setSystemTime(afterIt);
  }
  return run;
}

test.each([
  ["window", window, `window: 3 connectors would change (c1, c2, c3). ${closed}`],
  ["limits.creates", exception, "limits.creates: 3 connectors would be created (c1, c2, c3)"],
])("up and destroy ask %s again once the question is answered", async (rule, policy, sentence) => {
  const given = await options(policy);
  const late = await up({ ...given, confirm });
  expect(late).toMatchObject({ exitCode: 3, violations: [{ rule, connectors: names }], connectors: [], errors: [] });
  expect(late.violations[0]?.text).toContain(sentence);
  expect(pipeline.emulator.mutations()).toEqual([]);

  vi.setSystemTime(inTheWindow);
  expect((await up(given)).exitCode).toBe(0);
  pipeline.emulator.clearRequests();
  if (rule !== "window") return;
  expect(await destroy({ ...given, confirm })).toMatchObject({ exitCode: 3, violations: [{ rule }], connectors: [] });
  expect(pipeline.emulator.mutations()).toEqual([]);
});

test("a rotation begins no wave after the window has closed", async () => {
  const given = await options(window);
  expect((await up(given)).exitCode).toBe(0);
  pipeline.emulator.clearRequests();
  const rotated = { ...given, env: { ...given.env, KEY_WRITE: "write-key-2" }, wave: 1 };
  const report = await closing(rotate(rotated), "begun");
  expect(report).toMatchObject({ exitCode: 3, violations: [{ rule: "window", connectors: ["c2", "c3"] }] });
  expect(report.connectors.map(({ result }) => result)).toEqual(["done", "notStarted", "notStarted"]);
  expect(pipeline.emulator.mutations()).toEqual(["PUT /connectors/c1 200"]);

  vi.setSystemTime(inTheWindow);
  expect(await rotate(rotated)).toMatchObject({ exitCode: 0, violations: [] });
  expect(pipeline.emulator.mutations()).toHaveLength(3);
});

test("a restart begins no wave after the window has closed", async () => {
  const { emulator } = pipeline;
  for (const name of names) emulator.interfere(name, { create: {} });
  const { env, policy } = await options(window);
  const report = await closing(restart("*", { env, policy, wave: 1 }), "begun");
  expect(report).toMatchObject({ exitCode: 3, violations: [{ rule: "window", connectors: ["c2", "c3"] }] });
  expect(report.connectors.map(({ result }) => result)).toEqual(["done", "notStarted", "notStarted"]);
  expect(emulator.mutations()).toEqual(["GET /connectors/c1/stop 200", "GET /connectors/c1/start 200"]);

  vi.setSystemTime(inTheWindow);
  emulator.clearRequests();
  expect(await restart("*", { env, policy, confirm })).toMatchObject({
    exitCode: 3,
    connectors: names.map(() => ({ result: "notStarted" })),
  });
  expect(emulator.mutations()).toEqual([]);
});
