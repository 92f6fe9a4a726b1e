import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PowerVerb } from "../../../pipeline/operate/messages.js";
import type { Executed } from "../../../pipeline/operate/execute.js";
import { PowerBench, said } from "../../support/power.js";

let bench: PowerBench;
let emulator: PowerBench["emulator"];
let run: PowerBench["run"];

beforeEach(async () => {
  bench = await PowerBench.start({ startMs: 5_000, stopMs: 0 });
  ({ emulator, run } = bench);
});
afterEach(() => bench.end());

describe("interrupted: what was begun is said", () => {
  function interruptedWhile(verb: PowerVerb, status: string): Promise<Executed> {
    const controller = new AbortController();
    return run(verb, {
      signal: controller.signal,
      onEvent: (event) => event.type === "status" && event.status === status && controller.abort(),
    });
  }

  test("before anything was sent", async () => {
    const controller = new AbortController();
    controller.abort();
    const executed = await run("stop", { signal: controller.signal });
    expect(executed.outcome).toMatchObject({ result: "notStarted" });
    expect(said(executed)).toBe(
      `Could not stop connector "acme": interrupted; nothing was sent to it.
Next: Run the same command again.`,
    );
    expect(emulator.mutations()).toEqual([]);
  });

  test("while it starts", async () => {
    emulator.interfere("acme", { status: "STOPPED" });
    const executed = await interruptedWhile("start", "STARTING");
    expect(executed.outcome).toMatchObject({ result: "failed", status: "STARTING" });
    expect(said(executed)).toBe(
      `Could not start connector "acme": interrupted while it was STARTING; the start was sent and continues at the service.
Next: Run pulumi-dataspace wait acme --for RUNNING.`,
    );
  });

  test("a restart that is coming up", async () => {
    expect(said(await interruptedWhile("restart", "STARTING"))).toBe(
      `Could not restart connector "acme": interrupted while it was STARTING; the start was sent and continues at the service.
Next: Run pulumi-dataspace wait acme --for RUNNING.`,
    );
  });

  test("a restart that was stopped, and not started again", async () => {
    emulator.fault({ call: "stop", do: "stuck" });
    expect(said(await interruptedWhile("restart", "STOPPING"))).toBe(
      `Could not restart connector "acme": interrupted while it was STOPPING; it was asked to stop but not started again.
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
      `Could not start connector "acme": it is FAILED, and that takes more than one request.
Next: Leave out --no-wait.`,
    );
    expect(emulator.mutations()).toEqual([]);
  });

  test("a refusal is an error", async () => {
    emulator.fault({ call: "stop", do: { status: 409, body: '{"detail":"not now"}' } });
    expect(said(await run("stop", { unawaited: true }))).toBe(
      `Could not stop connector "acme": the service answered 409.
Why: not now
Next: Run the same command again once that is resolved.`,
    );
  });
});
