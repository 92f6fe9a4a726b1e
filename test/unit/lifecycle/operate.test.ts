import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { StatusFeed } from "../../../provider/api/feed/status-feed.js";
import { operate } from "../../../provider/lifecycle/operate.js";
import type { Progress } from "../../../provider/lifecycle/progress-line.js";
import type { Goal } from "../../../provider/lifecycle/situation.js";
import { Emulator, type Quirks } from "../../../emulator/index.js";
import { clientOf } from "../../support/client.js";
import { s3 } from "../../support/connectors.js";
import { VirtualClock } from "../../support/virtual-clock.js";
import type { OperationResult } from "../../../provider/lifecycle/operation.js";

let emulator: Emulator;
let client: ConnectorsClient;
let clock: VirtualClock;
let progress: Progress[];
let waits: Progress[];

beforeEach(async () => {
  clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 60, stopMs: 30, lagMs: 60, now: clock.now });
  client = clientOf(emulator, { clock });
  [progress, waits] = [[], []];
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const payload = { block: "amazonS3", fields: s3() } as const;
const create: Goal = { verb: "create", desired: "RUNNING", payload, onExisting: "adoptStopped" };
const edit: Goal = { verb: "update", desired: "RUNNING", payload, push: true, awaitRestart: false };
const remove: Goal = { verb: "delete", onDelete: "stop" };

function run(
  goal: Goal,
  more: { budgetMs?: number; stuckMs?: number; signal?: AbortSignal; feed?: StatusFeed } = {},
): Promise<OperationResult> {
  const feed = more.feed ?? new StatusFeed(client, clock, { firstTickMs: 10, maxTickMs: 20, random: () => 0.5 });
  return operate(
    { client, feed, clock },
    {
      name: "acme",
      goal,
      limits: { settleMs: 200, stuckMs: more.stuckMs ?? 300, budgetMs: more.budgetMs ?? 5_000 },
      signal: more.signal ?? new AbortController().signal,
      onProgress: (each) => progress.push(each),
      onWait: (each) => waits.push(each),
    },
  );
}

function withQuirks(quirks: Partial<Quirks>): void {
  Object.assign(emulator.quirks, quirks);
}

describe("whatever the service's habits are", () => {
  test.each<Partial<Quirks>>([
    {},
    { list: "array" },
    { list: "refused" },
    { list: "withoutStatus" },
    { list: "withoutFields" },
    { statusField: "state" },
    { startingWord: "PROVISIONING" },
    { startingWord: "Deploying" },
    { failedWord: "ERROR" },
    { echoSecrets: "masked" },
    { echoSecrets: "clear" },
    { stopStopped: "400" },
    { postExisting: "overwrite" },
    { startFailed: "409" },
    { restart: "throughStopped" },
  ])("%j: create, edit, recover and delete reach their goals by the same requests", async (quirks) => {
    withQuirks(quirks);
    expect((await run(create)).error).toBeUndefined();
    expect((await run(edit)).error).toBeUndefined();
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", restarts: 1 });
    emulator.interfere("acme", { status: "FAILED" });
    expect((await run({ ...edit, push: false, payload: undefined })).error).toBeUndefined();
    expect((await run(remove)).error).toBeUndefined();
    expect(emulator.mutations()).toEqual([
      "POST /connectors/acme 201",
      "PUT /connectors/acme 200",
      "GET /connectors/acme/stop 200",
      "GET /connectors/acme/start 200",
      "GET /connectors/acme/stop 200",
    ]);
  });

  test("an edit that is refused in a transition is sent again at rest", async () => {
    withQuirks({ putInTransition: "409" });
    await client.create("acme", payload);
    expect((await run(edit)).error).toBeUndefined();
    expect(emulator.mutations().slice(1)).toEqual(["PUT /connectors/acme 409", "PUT /connectors/acme 200"]);
  });

  test.each(["stays", "starts"] as const)(
    "an edit of a STOPPED one that is to stay so (PUT: %s)",
    async (putStopped) => {
      withQuirks({ putStopped });
      emulator.interfere("acme", { create: {} });
      emulator.interfere("acme", { status: "STOPPED" });
      expect((await run({ ...edit, desired: "STOPPED" })).error).toBeUndefined();
      expect(emulator.connector("acme")).toMatchObject({ status: "STOPPED", payload: s3() });
    },
  );

  test("a name that is taken is never overwritten, whatever POST would do", async () => {
    withQuirks({ postExisting: "overwrite" });
    emulator.interfere("acme", { create: s3({ bucketName: "theirs" }) });
    const { error, acted } = await run(create);
    expect(error?.message).toBe(
      'Could not create connector "acme": a connector with that name already exists (RUNNING); it was not changed.\n' +
        "Next: If it is yours, run DATASPACE_ON_EXISTING=adopt pulumi up, which takes it over with the configuration declared here; otherwise choose another name.",
    );
    expect(acted).toBe(false);
    expect(emulator.mutations()).toEqual([]);
  });
});

test("what somebody made since the last list of another operation is theirs, though the POST is answered by 500 and its echo matches", async () => {
  const feed = new StatusFeed(client, clock, { firstTickMs: 10, maxTickMs: 20, random: () => 0.5 });
  await feed.look("another");
  emulator.interfere("acme", { create: s3() });
  await clock.sleep(1);
  emulator.fault({ call: "create", times: 9, do: { status: 500 } });
  const { error, made } = await run(create, { feed });
  expect(error?.message).toContain('connector "acme": a connector with that name already exists (RUNNING)');
  expect(made).toBe(false);
  expect(emulator.mutations()).toEqual([]);
});

describe("whatever goes wrong", () => {
  test("a lost answer to a POST that took effect is settled by looking", async () => {
    emulator.fault({ call: "create", do: "loseAnswer" });
    expect((await run(create)).error).toBeUndefined();
    expect(emulator.mutations()).toEqual(["POST /connectors/acme reset"]);
  });

  test("a lost POST that took none is sent again after two looks, 2 s later", async () => {
    emulator.fault({ call: "create", do: "reset" });
    expect((await run(create, { stuckMs: 5_000 })).error).toBeUndefined();
    expect(emulator.mutations()).toEqual(["POST /connectors/acme reset", "POST /connectors/acme 201"]);
  });

  test("looks that fail meanwhile end nothing", async () => {
    emulator.fault({
      call: "list",
      nth: 2,
      times: 12,
      do: { status: 502, body: "<html><title>Bad gateway</title></html>" },
    });
    expect((await run(create, { budgetMs: 20_000 })).error).toBeUndefined();
    expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
  });

  test("a token refused in the middle ends at once, and what was begun is known", async () => {
    emulator.fault({ call: "list", nth: 2, times: 9, do: { status: 401, body: '{"detail":"expired"}' } });
    const { error, acted } = await run(create);
    expect(error?.message).toBe(
      'Could not create connector "acme": the service refuses the token (401).\nWhy: expired\n' +
        "Next: Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones. Nothing is lost: state is kept.",
    );
    expect(acted).toBe(true);
  });

  test("FAILED ends a wait early", async () => {
    emulator.fault({ call: "create", do: "failAtStart" });
    const { error, seen } = await run(create, { budgetMs: 60_000 });
    expect(error).toMatchObject({ code: "CONNECTOR_FAILED" });
    expect(seen?.status).toBe("FAILED");
  });

  test("the budget ends a wait, and says what the last status was", async () => {
    emulator.fault({ call: "create", do: "stuck" });
    const { error } = await run(create, { budgetMs: 300 });
    expect(error?.message).toMatch(
      /^Could not create connector "acme": still STARTING after 300ms\.\nNext: Run pulumi up again/,
    );
    expect(error?.facts).toEqual({ status: "STARTING", elapsedMs: 300 });
  });

  test("a cancel ends a wait at once", async () => {
    emulator.fault({ call: "create", do: "stuck" });
    const controller = new AbortController();
    const ending = run(create, { signal: controller.signal });
    await emulator.waitFor((request) => request.call === "create");
    await emulator.waitFor((request) => request.call === "list");
    controller.abort();
    const before = clock.now();
    expect((await ending).error).toMatchObject({ code: "CANCELLED" });
    expect(clock.now() - before).toBeLessThan(50);
    expect((await ending).acted).toBe(true);
  });

  test("a cancel right after the POST: what it made is looked at once more, and is this operation's own", async () => {
    const controller = new AbortController();
    const ending = run(create, { signal: controller.signal });
    await emulator.waitFor((request) => request.call === "create");
    controller.abort();
    expect(await ending).toMatchObject({ error: { code: "CANCELLED" }, made: true, seen: { status: "STARTING" } });
    expect(emulator.requestLines().slice(-2)).toEqual(["POST /connectors/acme 201", "GET /connectors/acme 200"]);
  });

  test("a stuck delete goes by way of fail", async () => {
    emulator.interfere("acme", { create: {} });
    emulator.fault({ call: "stop", do: "stuck" });
    expect((await run(remove)).error).toBeUndefined();
    expect(emulator.mutations()).toEqual([
      "GET /connectors/acme/stop 200",
      "GET /connectors/acme/fail 200",
      "GET /connectors/acme/stop 200",
    ]);
  });

  test("what vanishes during an update is said, not made anew", async () => {
    const { error } = await run(edit);
    expect(error?.message).toBe(
      'Could not update connector "acme": it is gone from the service.\n' +
        "Next: Run pulumi up --refresh, which notices that it is gone and creates it again.",
    );
    expect(emulator.mutations()).toEqual([]);
  });

  test("an edit whose fate can't be seen is said to be unknown", async () => {
    emulator.interfere("acme", { create: s3() });
    emulator.fault({ call: "edit", do: "reset", times: 9 });
    const { error, done } = await run(edit);
    expect(error?.message).toBe(
      'Could not update connector "acme": the answer to the edit was lost, and nothing shows whether it took effect.\n' +
        "Why: the connection broke before an answer arrived (UND_ERR_SOCKET)\n" +
        "Next: Run pulumi up again: it sends the configuration once more.",
    );
    expect(done.edit).toMatchObject({ result: "unknown", times: 2 });
  });
});

test("only what is waited out is told as a wait", async () => {
  await run(create);
  expect(progress.map(({ status }) => status)).toEqual([undefined, "STARTING", "RUNNING"]);
  expect(waits.map(({ status }) => status)).toEqual(["STARTING"]);
});

test("progress names each status, and the restart that is awaited", async () => {
  await run(create);
  await run(edit);
  const told = progress.map((each) => `${each.status ?? "absent"}${each.restartAwaited ? ", awaited" : ""}`);
  expect([...new Set(told)]).toEqual(["absent", "STARTING", "RUNNING", "RUNNING, awaited"]);
});
