import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Emulator, type EmulatorOptions, type Quirks } from "../../../emulator/index.js";
import { s3 } from "../../support/connectors.js";
import { Fleet, type Arrivals } from "../../support/fleet.js";
import { VirtualClock } from "../../support/virtual-clock.js";

/** What a whole fleet asks of the service: real sockets, in virtual time, with the pace at which an engine sends its calls. */
let emulator: Emulator;
let fleet: Fleet;
let clock: VirtualClock;

async function open(quirks: Partial<Quirks> = {}, times: EmulatorOptions = {}) {
  clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 2_000, stopMs: 500, lagMs: 300, now: clock.now, quirks, ...times });
  fleet = new Fleet(emulator, {}, { clock, random: () => 0.5, feed: {} });
}
beforeEach(() => open());
afterEach(() => emulator.close());

const named = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);
const before = { amazonS3: s3() };
const after = { amazonS3: s3({ secretAccessKeyRead: "read-secret-2" }) };

/** Requests by kind since the last time. */
function asked(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { call } of emulator.requests) counts[call] = (counts[call] ?? 0) + 1;
  emulator.clearRequests();
  return counts;
}

async function seconds(work: Promise<void>): Promise<number> {
  const from = clock.now();
  await work;
  return (clock.now() - from) / 1_000;
}

// A create takes an engine with a file backend the longer, the more it has in state: 10 a second at 1000 (measured).
describe.each<[string, Arrivals]>([
  ["all at once", {}],
  ["64 at once, 16 a second", { parallel: 64, everyMs: 60 }],
  ["64 at once, 10 a second", { parallel: 64, everyMs: 100 }],
])("1000 connectors that take 2 s to start, %s", (_, arrivals) => {
  test("are created with at most 1.15 requests each", async () => {
    const took = await seconds(fleet.up(named(1_000), before, arrivals));
    const { create, list, ...others } = asked();
    expect(others).toEqual({});
    expect(create).toBe(1_000);
    // Each name is seen to be free in a list that is younger than its create: 1 a second, for all that began meanwhile.
    expect(list).toBeLessThanOrEqual(150);
    // Nobody waited longer for that than a start takes.
    expect(took).toBeLessThanOrEqual(1_000 * ((arrivals.everyMs ?? 0) / 1_000) + 2 * 2.1);
  });
});

test("a refresh of 1000, one after the other, asks 5 times at most", async () => {
  await fleet.up(named(1_000), before);
  asked();
  // 8 at once, one every 20 ms: as slow a machine as one likes to think of.
  const statuses = await fleet.refresh(named(1_000), { parallel: 8, everyMs: 20 });
  expect(new Set(statuses)).toEqual(new Set(["RUNNING"]));
  expect(statuses).toHaveLength(1_000);
  expect(asked()).toEqual({ list: 4 });
});

test("one key rotated on all of 300 takes 300 edits, 300 restarts, and at most 1.1 requests each", async () => {
  const arrivals = { parallel: 64, everyMs: 80 };
  await fleet.up(named(300), before);
  asked();
  const took = await seconds(fleet.up(named(300), after, arrivals));
  const { edit, list, ...others } = asked();
  expect(others).toEqual({});
  expect(edit).toBe(300);
  expect(list).toBeLessThanOrEqual(30);
  expect(named(300).every((name) => emulator.connector(name)?.restarts === 1)).toBe(true);
  expect(took).toBeLessThan(300 * 0.08 + 2 * 2.3);
});

// Nothing leaves RUNNING, so that each edit is proven by time alone.
test.each([1, 10])("300 edits whose restart nobody can see are done %d s after they were sent", async (settle) => {
  await emulator.close();
  await open({}, { startMs: 0, lagMs: 0 });
  await fleet.up(named(300), { ...before, settle: `${settle}s` });
  asked();
  const took = await seconds(fleet.up(named(300), { ...after, settle: `${settle}s` }, { parallel: 300, everyMs: 80 }));
  const { edit, list, ...others } = asked();
  expect(others).toEqual({});
  expect(edit).toBe(300);
  expect(list).toBeLessThanOrEqual(100);
  expect(took).toBeLessThan(300 * 0.08 + settle + 1);
});

test("a look that only one waits for is taken when it is worth while: the first one learns, the others know", async () => {
  const starts: number[] = [];
  for (const name of named(6)) starts.push(await seconds(fleet.up([name], before)));
  expect(asked()).toEqual({ create: 6, list: 6 * 12 });
  // Each in a process of its own, which has to learn anew.
  expect(Math.max(...starts)).toBeLessThan(2.4);
});

test("where the service lists without status, only who is due is asked for alone", async () => {
  await emulator.close();
  await open({ list: "withoutStatus" });
  await fleet.up(named(20), before);
  const { create, get, list } = asked();
  expect(create).toBe(20);
  expect(get).toBeLessThanOrEqual(20 * 12);
  expect(list).toBeLessThanOrEqual(14);
});
