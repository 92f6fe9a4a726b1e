import { expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { Semaphore, RateLimiter } from "../../../provider/api/limits.js";
import { RequestError } from "../../../provider/api/outcome.js";
import { RetryBudget } from "../../../provider/api/retry.js";
import { Budget } from "../../../provider/time/budget.js";
import type { Clock } from "../../../provider/time/clock.js";
import { clientOf } from "../../support/client.js";
import { VirtualClock } from "../../support/virtual-clock.js";

/** Time that passes only while somebody sleeps. */
function sleepy(): Clock & { slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

test("a rate spaces requests evenly; without one, they go as they come", async () => {
  const clock = sleepy();
  const paced = new RateLimiter(clock, 50);
  for (let i = 0; i < 4; i++) await paced.turn(undefined);
  expect(clock.slept).toEqual([20, 20, 20]);
  const free = sleepy();
  const unpaced = new RateLimiter(free, undefined);
  for (let i = 0; i < 4; i++) await unpaced.turn(undefined);
  expect(free.slept).toEqual([]);
});

test("timers that fire late let no more go in any second than the rate says", async () => {
  const time = new VirtualClock();
  const start = time.now();
  // A machine so busy that every timer of its first 800 ms fires then.
  const clock: Clock = {
    now: time.now,
    sleep: (ms, signal) => time.sleep(Math.max(ms, start + 800 - time.now()), signal),
  };
  const pacer = new RateLimiter(clock, 10);
  const sent: number[] = [];
  for (let round = 0; round < 10; round++)
    await Promise.all(Array.from({ length: 8 }, async () => (await pacer.turn(undefined), sent.push(time.now()))));
  const within = sent.map((at) => sent.filter((each) => each >= at && each < at + 1_000).length);
  expect(sent).toHaveLength(80);
  expect(Math.max(...within)).toBeLessThanOrEqual(10);
});

test("what one request is asked to wait, the others wait too", async () => {
  const clock = sleepy();
  const pacer = new RateLimiter(clock, undefined);
  pacer.hold(3_000);
  pacer.hold(1_000);
  await pacer.turn(undefined);
  expect(clock.slept).toEqual([3_000]);
});

test("a wait that doesn't fit the time that is left is said at once, to every request of the account", async () => {
  const emulator = await Emulator.start();
  const clock = sleepy();
  const client = clientOf(emulator, { clock });
  emulator.fault({ call: "get", do: { status: 429, headers: { "retry-after": "3600" } } });
  const said = "the service is throttling requests (429) and asks to wait 1h";
  await expect(client.get("acme")).rejects.toMatchObject({ message: said, kind: "throttled", outcome: "throttled" });
  await expect(client.create("acme", undefined, { budget: new Budget(clock, 900_000) })).rejects.toMatchObject({
    message: "the service is throttling requests and asks to wait 1h",
    outcome: "throttled",
  });
  expect([emulator.requestLines(), clock.slept]).toEqual([["GET /connectors/acme 429"], []]);
  await client.create("acme", undefined, { budget: new Budget(clock, 2 * 3_600_000) });
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
  await client.close();
  await emulator.close();
});

test("what is asked to come back later comes back as often as it is asked, within its time; 0 is no wait to obey", async () => {
  const emulator = await Emulator.start();
  const clock = sleepy();
  const client = clientOf(emulator, { clock, random: () => 1 });
  emulator.fault({ call: "create", times: 12, do: { status: 429, headers: { "retry-after": "10" } } });
  await client.create("acme", undefined, { budget: new Budget(clock, 900_000) });
  expect(emulator.mutations()).toEqual([
    ...Array<string>(12).fill("POST /connectors/acme 429"),
    "POST /connectors/acme 201",
  ]);
  expect(clock.slept).toEqual(Array<number>(12).fill(11_000));

  emulator.clearRequests();
  emulator.fault({ call: "edit", times: 100, do: { status: 429, headers: { "retry-after": "0" } } });
  await expect(client.edit("acme", undefined)).rejects.toMatchObject({ kind: "throttled" });
  expect(emulator.requests).toHaveLength(5);
  await client.close();
  await emulator.close();
});

test("repetitions share one allowance: 20 after broken connections, 10 after timeouts, and answers earn it back", () => {
  const allowance = new RetryBudget();
  const error = (kind: "unreachable" | "timeout") => new RequestError("x", { call: "list", kind, outcome: "unknown" });
  const spend = (kind: "unreachable" | "timeout") => {
    let times = 0;
    while (allowance.spend(error(kind))) times++;
    return times;
  };
  expect(spend("unreachable")).toBe(20);
  for (let i = 0; i < 10; i++) allowance.earn();
  expect(spend("timeout")).toBe(1);
  for (let i = 0; i < 1_000; i++) allowance.earn();
  expect(spend("timeout")).toBe(10);
  const asked = new RequestError("x", { call: "list", kind: "throttled", outcome: "throttled", retryAfterMs: 1_000 });
  expect(allowance.spend(asked)).toBe(true);
});

test("an outage isn't multiplied: 100 calls are 120 requests, not 500", async () => {
  const emulator = await Emulator.start();
  const client = clientOf(emulator, { clock: sleepy(), random: () => 0.5 });
  emulator.fault({ call: "get", do: { status: 503 }, times: 1_000 });
  const calls = Array.from({ length: 100 }, (_, i) => client.get(`acme-${i}`));
  const results = await Promise.allSettled(calls);
  expect(results.every(({ status }) => status === "rejected")).toBe(true);
  expect(emulator.requests).toHaveLength(120);
  await client.close();
  await emulator.close();
});

test("a throttled service gets every request, in turn, and none is lost", async () => {
  const emulator = await Emulator.start({ requestsPerSecond: 20 });
  const client = clientOf(emulator);
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => order.push(await client.get(`acme-${i}`).then(() => i))),
  );
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  const refused = emulator.requests.filter(({ status }) => status === 429).length;
  // Those that were under way when the first was turned away, once a second; all others waited.
  expect(refused).toBeLessThanOrEqual(3 * 8);
  await client.close();
  await emulator.close();
});

test("at most so many tasks run at once, in the order in which they came", async () => {
  const semaphore = new Semaphore(2);
  const log: string[] = [];
  const task = (name: string) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} ends`);
  };
  expect(semaphore.full).toBe(false);
  const all = ["a", "b", "c"].map((name) => semaphore.run(task(name)));
  expect([semaphore.full, semaphore.queued]).toEqual([true, 1]);
  await Promise.all(all);
  expect(log).toEqual(["a begins", "b begins", "a ends", "c begins", "b ends", "c ends"]);
});

test("urgent tasks come first, and among themselves in the order in which they came", async () => {
  const semaphore = new Semaphore(1);
  const order: string[] = [];
  const task = (name: string) => () => Promise.resolve(void order.push(name));
  const urgent = { urgent: true };
  await Promise.all([
    semaphore.run(task("running")),
    semaphore.run(task("first")),
    semaphore.run(task("urgent 1"), urgent),
    semaphore.run(task("urgent 2"), urgent),
    semaphore.run(task("second")),
    semaphore.run(task("urgent 3"), urgent),
  ]);
  expect(order).toEqual(["running", "urgent 1", "urgent 2", "urgent 3", "first", "second"]);
});
