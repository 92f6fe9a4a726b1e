import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultScript } from "../../../emulator/index.js";
import type { PowerVerb } from "../../../pipeline/operate/messages.js";
import { PowerBench, said, type More } from "../../support/power.js";

let bench: PowerBench;
let emulator: PowerBench["emulator"];
let events: PowerBench["events"];
let run: PowerBench["run"];

beforeEach(async () => {
  bench = await PowerBench.start();
  ({ emulator, events, run } = bench);
});
afterEach(() => bench.end());

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
Next: Run pulumi-dataspace wait acme --for STOPPED to keep waiting, or pulumi-dataspace fail acme if it is stuck.`,
    ],
    [
      "accepted, and nothing moves",
      "fail",
      [{ call: "fail", times: 9, do: { status: 200, body: "{}" } }],
      {},
      `Could not fail connector "acme": the service accepted the request, but it is still RUNNING after T.
Next: Ask the service's operator why it does not move.`,
    ],
    [
      "answers were unusable",
      "stop",
      [{ call: "stop", times: 9, do: { status: 502 } }],
      {},
      `Could not stop connector "acme": the service's answers were unusable, and it is still RUNNING after T.
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
Next: Run the same command again once that is resolved.`,
    ],
    [
      "a refused fail",
      "fail",
      [{ call: "fail", times: 9, do: { status: 409, body: '{"detail":"not now"}' } }],
      {},
      `Could not fail connector "acme": it is RUNNING, and the service refuses to force it into FAILED.
Why: not now
Next: Run the same command again once that is resolved.`,
    ],
    [
      "unseen since",
      "stop",
      [{ call: "list", nth: 2, times: 99, do: { status: 503 } }],
      { timeoutMs: 200 },
      `Could not stop connector "acme": the service accepted the request, but has given no usable answer since.
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
      `Could not stop connector "acme": the answer was lost, and the service has given no usable answer since.
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
    const executed = await run(verb, more);
    expect(said(executed)).toBe(sentence);
    expect(executed.outcome.result).toBe("failed");
    expect(events.slice(-2)).toEqual([
      { type: "error", key: "acme", text: executed.outcome.error },
      { type: "ended", key: "acme", operation: verb, ok: false },
    ]);
  });

  test("gone meanwhile", async () => {
    void emulator.waitFor(({ call }) => call === "stop").then(() => emulator.interfere("acme", { remove: true }));
    expect(said(await run("stop"))).toBe(
      `Could not stop connector "acme": it is gone from the service.
Next: Run pulumi-dataspace list to see all connectors.`,
    );
  });
});
