import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { StatusFeed } from "../../../provider/api/feed/status-feed.js";
import { forecast } from "../../../provider/lifecycle/forecast.js";
import { operate } from "../../../provider/lifecycle/operate.js";
import type { Goal } from "../../../provider/lifecycle/situation.js";
import type { ObservedConnector } from "../../../provider/model/observed-connector.js";
import { Emulator } from "../../../emulator/index.js";
import { clientOf } from "../../support/client.js";
import { s3 } from "../../support/connectors.js";
import { VirtualClock } from "../../support/virtual-clock.js";
import { create, rows, observed, statuses, type Status } from "./foretold.js";

/** `edit: RUNNING, 1 restart`; `nothing: STOPPED`; `no (exists): RUNNING`. */
function told(goal: Goal, seen: ObservedConnector | undefined): string {
  const { steps, ends, restarts, refused } = forecast(goal, seen);
  const what = steps.join(" ") || (refused === undefined ? "nothing" : "no");
  const why = refused === undefined ? "" : ` (${refused})`;
  return `${what}${why}: ${ends}${restarts === 0 ? "" : `, ${restarts} restart`}`;
}

describe("what is foretold, for every goal and every status", () => {
  test.each(rows)("%s", (_, goal, foretold) => {
    const all = Object.fromEntries(statuses.map((status) => [status, told(goal, observed(status))]));
    expect(all).toEqual(foretold);
  });

  test("another's storage under the name is no happy path", () => {
    const theirs = observed("STOPPED", { bucketName: "theirs" });
    expect(told(create("RUNNING"), theirs)).toBe("no (exists): STOPPED");
    const elsewhere = observed("STOPPED", {
      bucketName: "acme",
      region: "eu-central-1",
      endpointOverride: "https://e",
    });
    expect(told(create("RUNNING"), elsewhere)).toBe("no (exists): STOPPED");
    expect(told(create("RUNNING"), observed("STOPPED", {}))).toBe("no (exists): STOPPED");
  });
});

describe("what is foretold is what is sent", () => {
  let emulator: Emulator;
  let client: ConnectorsClient;
  const clock = new VirtualClock();

  beforeAll(async () => {
    emulator = await Emulator.start({ startMs: 2_000, stopMs: 1_000, lagMs: 1_000, now: clock.now });
    client = clientOf(emulator, { clock });
  });
  afterAll(async () => {
    await client.close();
    await emulator.close();
  });

  async function bring(status: Status): Promise<void> {
    if (emulator.connector("acme")) emulator.interfere("acme", { remove: true });
    if (status === "absent") return;
    emulator.interfere("acme", { create: s3() });
    if (status === "STARTING" || status === "STOPPING") {
      emulator.interfere("acme", { status: status === "STARTING" ? "STOPPED" : "RUNNING" });
      await client[status === "STARTING" ? "start" : "stop"]("acme");
    } else emulator.interfere("acme", { status });
  }

  const happy = rows.flatMap(([name, goal]) =>
    statuses
      .filter((status) => forecast(goal, observed(status)).refused === undefined)
      .map((status): [string, Status, Goal] => [name, status, goal]),
  );
  test.each(happy)("%s, when it is %s", async (_, status, goal) => {
    await bring(status);
    const foretold = forecast(goal, observed(status));
    emulator.clearRequests();
    const { error } = await operate(
      { client, feed: new StatusFeed(client, clock, { random: () => 0.5 }), clock },
      {
        name: "acme",
        goal,
        limits: { settleMs: 5_000, stuckMs: 60_000, budgetMs: 300_000 },
        signal: new AbortController().signal,
      },
    );
    expect(error).toBeUndefined();
    const calls = emulator.requests.map(({ call }) => call).filter((call) => call !== "list" && call !== "get");
    expect(calls).toEqual(foretold.steps);
    await clock.sleep(5_000);
    const { status: ends = "absent", restarts = 0 } = emulator.connector("acme") ?? {};
    // The service counts the restart of one that wasn't up, too.
    expect([ends, status === "RUNNING" ? restarts : 0]).toEqual([foretold.ends, foretold.restarts]);
  });
});
