import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Core } from "../../../provider/core/core.js";
import { systemClock } from "../../../provider/time/clock.js";
import { Emulator, type FaultScript } from "../../../emulator/index.js";
import type { Emit } from "../../../sdk/pipeline/events.js";
import type { PowerVerb } from "../../../sdk/pipeline/messages/operate.js";
import { carryOut, carryOutUnawaited, type Carried } from "../../../sdk/pipeline/operate/carry-out.js";
import { s3 } from "../../support/connectors.js";

let emulator: Emulator;
let core: Core;
let events: Parameters<Emit>[0][];

beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 40, stopMs: 40 });
  emulator.interfere("acme", { create: s3() });
  const pace = { clock: systemClock, random: () => 0, feed: { firstTickMs: 5, maxTickMs: 10, shareMs: 0 } };
  core = new Core(
    () => undefined,
    {
      DATASPACE_ENDPOINT: emulator.endpoint,
      DATASPACE_TOKEN: emulator.token,
      DATASPACE_ATTEMPT_TIMEOUT: "500ms",
    },
    undefined,
    pace,
  );
  events = [];
});
afterEach(async () => {
  await core.close();
  await emulator.close();
});

interface More {
  readonly timeoutMs?: number;
  readonly settleMs?: number;
  readonly signal?: AbortSignal;
  readonly unawaited?: boolean;
}

function run(verb: PowerVerb, { timeoutMs = 2_000, settleMs = 80, signal, unawaited = false }: More = {}) {
  return (unawaited ? carryOutUnawaited : carryOut)(
    verb,
    {
      key: "acme",
      urn: "",
      name: "acme",
      effects: [],
      fields: [],
      becomes: "RUNNING",
      restarts: verb === "restart" ? 1 : 0,
    },
    {
      account: core.account(undefined),
      signal: signal ?? new AbortController().signal,
      emit: (event) => events.push(event),
      timeoutMs,
      limits: { settleMs, stuckMs: 200 },
    },
  );
}

/** The error's sentences, with every time as `T`. */
function said({ outcome }: Carried): string | undefined {
  return outcome.error?.replace(/\d+m?s\b/g, "T");
}

test("a restart stops, waits for STOPPED, starts, waits for RUNNING, and tells every status", async () => {
  const { outcome, error } = await run("restart");
  expect(error).toBeUndefined();
  expect(outcome).toMatchObject({ key: "acme", name: "acme", result: "done", status: "RUNNING", restarts: 1 });
  expect(outcome.timeline?.map(({ status }) => status)).toEqual([
    "RUNNING",
    "STOPPING",
    "STOPPED",
    "STARTING",
    "RUNNING",
  ]);
  expect(events.map((event) => (event.type === "status" ? event.status : event.type))).toEqual([
    "begun",
    "RUNNING",
    "STOPPING",
    "STOPPED",
    "STARTING",
    "RUNNING",
    "ended",
  ]);
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/acme/start 200"]);
});

describe("one that has FAILED", () => {
  beforeEach(() => emulator.interfere("acme", { status: "FAILED" }));

  test.each<PowerVerb>(["start", "restart"])("%s brings it up by way of STOPPED", async (verb) => {
    expect((await run(verb)).outcome).toMatchObject({ result: "done", status: "RUNNING" });
    expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/acme/start 200"]);
  });

  test("stop brings it to rest; fail has nothing to do", async () => {
    expect((await run("fail")).outcome).toMatchObject({ result: "done", status: "FAILED" });
    expect(emulator.mutations()).toEqual([]);
    expect((await run("stop")).outcome).toMatchObject({ result: "done", status: "STOPPED" });
    expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
  });
});

test("fail is sent once, whatever the connector is doing", async () => {
  emulator.fault({ call: "stop", do: "stuck" });
  expect((await run("stop", { timeoutMs: 60 })).outcome).toMatchObject({ result: "failed", status: "STOPPING" });
  expect((await run("fail")).outcome).toMatchObject({ result: "done", status: "FAILED" });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/acme/fail 200"]);
});

describe("how it ends otherwise, in the words of the command", () => {
  const rows: [what: string, verb: PowerVerb, faults: FaultScript[], more: More, sentence: string][] = [
    [
      "FAILED after the start",
      "restart",
      [{ call: "start", do: "failAtStart" }],
      {},
      `Could not restart connector "acme": it is FAILED after T.
Next: Check its storage settings and credentials (pulumi up pushes corrected ones), then run pulumi-dataspace restart acme.`,
    ],
    [
      "stuck",
      "stop",
      [{ call: "stop", do: "stuck" }],
      { timeoutMs: 150 },
      `Could not stop connector "acme": still STOPPING after T.
Next: Run pulumi-dataspace wait acme --for STOPPED, which waits on; pulumi-dataspace fail acme forces it out of a status that it is stuck in.`,
    ],
    [
      "accepted, and nothing moves",
      "fail",
      [{ call: "fail", times: 9, do: { status: 200, body: "{}" } }],
      {},
      `Could not fail connector "acme": the service accepts the request and leaves it RUNNING after T.
Next: Ask the service's operator why it does not move.`,
    ],
    [
      "no answer to rely on",
      "stop",
      [{ call: "stop", times: 9, do: { status: 502 } }],
      {},
      `Could not stop connector "acme": the service gives the request no answer to rely on, and it is still RUNNING after T.
Why: the service answered 502
Next: Run the same command again once the service answers.`,
    ],
    [
      "a refusal",
      "stop",
      [{ call: "stop", times: 9, do: { status: 409, body: '{"detail":"under maintenance"}' } }],
      {},
      `Could not stop connector "acme": the service refuses to move it from RUNNING.
Why: under maintenance
Next: Run the same command again once the reason is out of the way.`,
    ],
    [
      "a refused fail",
      "fail",
      [{ call: "fail", times: 9, do: { status: 409, body: '{"detail":"not now"}' } }],
      {},
      `Could not fail connector "acme": it is RUNNING, and the service refuses to force it into FAILED.
Why: not now
Next: Run the same command again once the reason is out of the way.`,
    ],
    [
      "unseen since",
      "stop",
      [{ call: "list", nth: 2, times: 99, do: { status: 503 } }],
      { timeoutMs: 200 },
      `Could not stop connector "acme": the service took the request, and could not be asked since.
Why: the service answered 503
Next: Run pulumi-dataspace status acme once the service answers.`,
    ],
    [
      "a lost answer, unseen since",
      "stop",
      [
        { call: "stop", do: "loseAnswer" },
        { call: "list", nth: 2, times: 99, do: { status: 503 } },
      ],
      { timeoutMs: 200 },
      `Could not stop connector "acme": the answer was lost, and the service could not be asked since.
Why: the service answered 503
Next: Run pulumi-dataspace status acme once the service answers.`,
    ],
    [
      "a token that is refused",
      "stop",
      [{ call: "stop", do: { status: 401, body: '{"detail":"Invalid token"}' } }],
      {},
      `Could not stop connector "acme": the service refuses the token (401).
Why: Invalid token
Next: Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.`,
    ],
  ];
  test.each(rows)("%s", async (_, verb, faults, more, sentence) => {
    for (const fault of faults) emulator.fault(fault);
    const carried = await run(verb, more);
    expect(said(carried)).toBe(sentence);
    expect(carried.outcome.result).toBe("failed");
    expect(events.slice(-2)).toEqual([
      { type: "error", key: "acme", text: carried.outcome.error },
      { type: "ended", key: "acme", operation: verb, ok: false },
    ]);
  });

  test("gone meanwhile", async () => {
    void emulator.waitFor(({ call }) => call === "stop").then(() => emulator.interfere("acme", { remove: true }));
    expect(said(await run("stop"))).toBe(
      `Could not stop connector "acme": it is gone from the service.
Next: Run pulumi-dataspace list, which shows what there is.`,
    );
  });
});

describe("interrupted: what was begun is said", () => {
  async function interruptedAfter(verb: PowerVerb, call: "list" | "stop" | "start"): Promise<Carried> {
    const controller = new AbortController();
    void emulator.waitFor((request) => request.call === call).then(() => setTimeout(() => controller.abort(), 30));
    return run(verb, { signal: controller.signal });
  }

  beforeEach(async () => {
    await emulator.close();
    emulator = await Emulator.start({ startMs: 5_000, stopMs: 0 });
    emulator.interfere("acme", { create: s3() });
    const environment = { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token };
    const feed = { firstTickMs: 5, maxTickMs: 10, shareMs: 0 };
    core = new Core(() => undefined, environment, undefined, { clock: systemClock, random: () => 0, feed });
  });

  test("before anything was sent", async () => {
    const controller = new AbortController();
    controller.abort();
    const carried = await run("stop", { signal: controller.signal });
    expect(carried.outcome).toMatchObject({ result: "untouched" });
    expect(said(carried)).toBe(
      `Could not stop connector "acme": interrupted; nothing was sent to it.
Next: Run the same command again.`,
    );
    expect(emulator.mutations()).toEqual([]);
  });

  test("while it starts", async () => {
    emulator.interfere("acme", { status: "STOPPED" });
    const carried = await interruptedAfter("start", "start");
    expect(carried.outcome).toMatchObject({ result: "failed", status: "STARTING" });
    expect(said(carried)).toBe(
      `Could not start connector "acme": interrupted while it was STARTING; the start was sent and goes on at the service.
Next: Run pulumi-dataspace wait acme --for RUNNING.`,
    );
  });

  test("a restart that is coming up", async () => {
    expect(said(await interruptedAfter("restart", "start"))).toBe(
      `Could not restart connector "acme": interrupted while it was STARTING; the start was sent and goes on at the service.
Next: Run pulumi-dataspace wait acme --for RUNNING.`,
    );
  });

  test("a restart that was stopped, and not started again", async () => {
    emulator.fault({ call: "stop", do: "stuck" });
    expect(said(await interruptedAfter("restart", "stop"))).toBe(
      `Could not restart connector "acme": interrupted while it was STOPPING; it was asked to stop and not to start again.
Next: Run pulumi-dataspace start acme.`,
    );
  });
});

describe("without waiting", () => {
  test("the one request is sent, and nothing is looked at afterwards", async () => {
    const { outcome } = await run("stop", { unawaited: true });
    expect(outcome).toEqual({ key: "acme", name: "acme", result: "done", restarts: 0, timeline: [] });
    expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/acme/stop 200"]);
  });

  test("what takes more than one request is refused before any", async () => {
    emulator.interfere("acme", { status: "FAILED" });
    expect(said(await run("start", { unawaited: true }))).toBe(
      `Could not start connector "acme": it is FAILED, from where that takes more than one request.
Next: Leave out --no-wait.`,
    );
    expect(emulator.mutations()).toEqual([]);
  });

  test("a refusal is an error", async () => {
    emulator.fault({ call: "stop", do: { status: 409, body: '{"detail":"not now"}' } });
    expect(said(await run("stop", { unawaited: true }))).toBe(
      `Could not stop connector "acme": the service answered 409.
Why: not now
Next: Run the same command again once the reason is out of the way.`,
    );
  });
});
