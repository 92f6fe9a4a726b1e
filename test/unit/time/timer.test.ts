import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { Transport } from "../../../provider/api/transport.js";
import { readCommand } from "../../../provider/credentials/sources/command.js";
import { systemClock } from "../../../provider/time/clock.js";
import { parseDuration } from "../../../provider/time/duration.js";
import { after } from "../../../provider/time/timer.js";

const long = parseDuration("597h") ?? 0;

describe("with time in our hands", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  test.each([1, 98, 24 * 3_600_000, 2 ** 31 - 1, 2 ** 31, long, 5 * long])("a timer of %d ms", (ms) => {
    const listener = vi.fn<() => void>();
    after(ms, listener);
    vi.advanceTimersByTime(ms - 1);
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("one that is stopped, also after its first stretch, never fires", () => {
    const listener = vi.fn<() => void>();
    const stop = after(long, listener);
    vi.advanceTimersByTime(2 ** 31);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(long);
    expect(listener).not.toHaveBeenCalled();
  });

  test("so does a pause", async () => {
    const done = vi.fn<() => void>();
    void systemClock.sleep(long).then(done);
    await vi.advanceTimersByTimeAsync(long - 1);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2);
    expect(done).toHaveBeenCalledTimes(1);
  });
});

test("a command with a limit beyond 24.8 days has its time", async () => {
  const command = [process.execPath, "-e", "setTimeout(() => console.log('key'), 200)"];
  const context = { environment: process.env, signal: new AbortController().signal };
  expect(await readCommand({ command, timeout: "597h" }, context)).toEqual({ text: "key" });
});

test("an attempt with such a limit has its time", async () => {
  const emulator = await Emulator.start();
  emulator.fault({ call: "list", do: { delayMs: 200 } });
  const transport = new Transport(new URL(emulator.endpoint), { attemptTimeoutMs: long, connections: 1 });
  const headers = { authorization: `Bearer ${emulator.token}` };
  const reply = await transport.send({ call: "list", method: "GET", path: "/connectors", headers }, undefined);
  expect(reply.status).toBe(200);
  await transport.close();
  await emulator.close();
});
