import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { StatusFeed } from "../../../provider/api/feed/status-feed.js";
import { systemClock } from "../../../provider/time/clock.js";
import { Emulator } from "../../../emulator/index.js";
import { clientOf } from "../../support/client.js";
import { s3 } from "../../support/connectors.js";
import { VirtualClock } from "../../support/virtual-clock.js";

let emulator: Emulator;
let client: ConnectorsClient;
let feed: StatusFeed;

beforeEach(async () => {
  emulator = await Emulator.start();
  client = clientOf(emulator);
  feed = new StatusFeed(client, systemClock, { firstTickMs: 20, maxTickMs: 60, shareMs: 1_000 });
  for (const name of ["a", "b", "c"]) emulator.interfere(name, { create: s3() });
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

test("looks of one moment share one list", async () => {
  const seen = await Promise.all(["a", "b", "c"].map((name) => feed.look(name)));
  expect(seen.map((each) => each?.status)).toEqual(["RUNNING", "RUNNING", "RUNNING"]);
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
});

test("all of the account's connectors are that same list, until a change of ours", async () => {
  await feed.look("a");
  expect([...((await feed.all())?.names ?? [])]).toEqual(["a", "b", "c"]);
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  feed.invalidate("b");
  await feed.all();
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors 200"]);
  emulator.quirks.list = "refused";
  feed.invalidate("b");
  expect(await feed.all()).toBeUndefined();
});

test("a hundred waiters of one tick share one list", async () => {
  const waiting = Array.from({ length: 100 }, () => feed.next("a"));
  expect((await Promise.all(waiting)).every((seen) => seen?.status === "RUNNING")).toBe(true);
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
});

test("a change of ours outdates what was seen of that connector, and of no other", async () => {
  await feed.look("a");
  feed.invalidate("a");
  emulator.interfere("a", { status: "STOPPED" });
  emulator.interfere("b", { status: "STOPPED" });
  emulator.clearRequests();
  expect((await feed.look("a"))?.status).toBe("STOPPED");
  expect((await feed.look("b"))?.status).toBe("STOPPED");
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
});

test("gone takes two witnesses: a 404 in JSON, and absence in the list", async () => {
  expect(await feed.look("nobody")).toBeUndefined();
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/nobody 404"]);
  emulator.quirks.list = "withoutStatus";
  emulator.fault({ call: "get", do: { status: 404, body: '{"detail":"not found"}' } });
  feed.invalidate("a");
  await expect(feed.look("a")).rejects.toMatchObject({
    message: "the service lists it, but answers 404 when asked for it alone",
  });
});

test("a list that is refused to the token proves nothing", async () => {
  emulator.fault({ call: "list", times: 9, do: { status: 403, body: '{"detail":"not permitted"}' } });
  expect((await feed.look("a"))?.status).toBe("RUNNING");
  await expect(feed.look("nobody")).rejects.toMatchObject({ kind: "forbidden", call: "list" });
  await expect(feed.look("nobody", { known: true })).rejects.toMatchObject({ kind: "forbidden", call: "list" });
  expect(await feed.exists("nobody")).toBeUndefined();
  expect(await feed.look("nobody", { known: false })).toBeUndefined();
});

test("an account without any connector is not proof that a known one is gone", async () => {
  for (const name of ["a", "b", "c"]) emulator.interfere(name, { remove: true });
  await expect(feed.look("a", { known: true })).rejects.toMatchObject({
    kind: "emptyAccount",
    message: `the account at ${client.baseUrl} shows no connectors at all, although this one was known`,
  });
  expect(await feed.look("a")).toBeUndefined();
  expect(await feed.look("a", { known: false })).toBeUndefined();
  expect(await feed.exists("a")).toBeUndefined();
  const accepting = new StatusFeed(client, systemClock, { acceptEmptyAccount: true });
  expect(await accepting.look("a", { known: true })).toBeUndefined();
  const named = new StatusFeed(client, systemClock, { account: "b" });
  await expect(named.look("a", { known: true })).rejects.toThrow('account "b" at');
});

test("for a create, absence in the list is enough", async () => {
  expect(await feed.exists("nobody")).toBeUndefined();
  expect((await feed.exists("a"))?.status).toBe("RUNNING");
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
});

test("a name is free only in a list that is younger than who asks", async () => {
  await feed.look("a");
  emulator.interfere("new", { create: {} });
  expect((await feed.exists("new", { since: systemClock.now() }))?.status).toBe("RUNNING");
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors 200"]);
});

test("where the service doesn't list, or lists too little, single reads do", async () => {
  emulator.quirks.list = "refused";
  expect((await feed.look("a"))?.status).toBe("RUNNING");
  expect((await feed.next("a"))?.status).toBe("RUNNING");
  expect(await feed.exists("nobody")).toBeUndefined();
  expect(emulator.requestLines()).toEqual([
    "GET /connectors 405",
    "GET /connectors/a 200",
    "GET /connectors/a 200",
    "GET /connectors/nobody 404",
  ]);
});

test("fields that the list lacks are asked for alone, when they are needed", async () => {
  emulator.quirks.list = "withoutFields";
  expect((await feed.look("a"))?.storage).toEqual({});
  expect((await feed.look("a", { fields: ["region"] }))?.storage).toMatchObject({ region: "eu-central-1" });
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/a 200"]);
});

test("a cancel ends one waiter at once, and the asking with the last", async () => {
  const controller = new AbortController();
  const waiting = feed.next("a", { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
  await systemClock.sleep(80);
  expect(emulator.requestLines()).toEqual([]);
});

test("trouble with the list reaches every waiter", async () => {
  emulator.fault({ call: "list", do: { status: 401, body: '{"detail":"expired"}' } });
  const waiting = [feed.next("a"), feed.next("b")];
  for (const each of await Promise.allSettled(waiting)) {
    expect(each).toMatchObject({ status: "rejected", reason: { message: "the service refuses the token (401)" } });
  }
});

test("a slow list never overlaps itself: who comes too late for it shares the one after it", async () => {
  emulator.fault({ call: "list", times: 2, do: { delayMs: 100 } });
  const first = feed.look("a");
  await emulator.waitFor(({ call }) => call === "list");
  feed.invalidate("a");
  feed.invalidate("b");
  const others = [feed.look("a"), feed.look("b"), feed.next("c")];
  await systemClock.sleep(50);
  expect(emulator.requestLines()).toEqual(["GET /connectors pending"]);
  await Promise.all([first, ...others]);
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors 200"]);
});

test("no answer is older than one's own last change, though a list that was asked for before comes after it", async () => {
  emulator.fault({ call: "list", do: { delayMs: 60, when: "after" } });
  const early = feed.next("b");
  await emulator.waitFor(({ call }) => call === "list");
  emulator.interfere("a", { status: "STOPPED" });
  feed.invalidate("a", "stop");
  const seen = feed.next("a");
  expect((await early)?.status).toBe("RUNNING");
  expect((await seen)?.status).toBe("STOPPED");
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors 200"]);
});

test("looks that follow each other share a list for a while, and a look after a pause takes a new one", async () => {
  const clock = new VirtualClock();
  feed = new StatusFeed(client, clock, { shareMs: 1_000, burstMs: 5_000 });
  for (let i = 0; i < 6; i++) {
    await feed.look("a");
    await clock.sleep(900);
  }
  // The first one was as old as a list may be when the look at 5.4 s would have come.
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  await clock.sleep(200);
  await feed.look("a");
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors 200"]);
});

describe("behind a cache", () => {
  const cached = (status: string, age: string) => ({
    status: 200,
    headers: { age },
    body: JSON.stringify({ a: { status }, b: { status } }),
  });

  test("a list from before our last change doesn't count; the single read does", async () => {
    emulator.interfere("a", { status: "STOPPED" });
    feed.invalidate("a", "stop");
    emulator.fault({ call: "list", times: 99, do: cached("RUNNING", "3") });
    expect((await feed.look("a"))?.status).toBe("STOPPED");
    expect((await feed.next("a"))?.status).toBe("STOPPED");
    expect((await feed.exists("a"))?.status).toBe("STOPPED");
    // Of what we didn't change it is as good as any that is a few seconds old.
    expect((await feed.look("b"))?.status).toBe("RUNNING");
  });

  test("a list that is older than any may be to answer a look is none", async () => {
    emulator.interfere("a", { status: "STOPPED" });
    emulator.fault({ call: "list", times: 99, do: cached("RUNNING", "60") });
    expect((await feed.look("a"))?.status).toBe("STOPPED");
    await expect(feed.look("nobody")).rejects.toMatchObject({ kind: "stale", call: "list" });
    expect(await feed.exists("nobody")).toBeUndefined();
  });

  test("a wait is never answered by the same copy again and again", async () => {
    feed.invalidate("a", "edit");
    emulator.fault({ call: "list", times: 99, do: cached("STOPPED", "2") });
    expect((await feed.next("a"))?.status).toBe("RUNNING");
    expect((await feed.next("a"))?.status).toBe("RUNNING");
  });

  test("where single reads are copies, too, that is an error and no sight", async () => {
    emulator.fault({ call: "list", times: 99, do: cached("RUNNING", "60") });
    emulator.fault({ call: "get", times: 99, do: { ...cached("RUNNING", "60"), body: '{"status":"RUNNING"}' } });
    feed.invalidate("a", "stop");
    await expect(feed.look("a")).rejects.toMatchObject({
      kind: "stale",
      message: "a cache answered instead of the service, with data from 1m ago",
    });
  });
});
