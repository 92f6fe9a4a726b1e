import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator, EmulatorControl } from "../../../dist/emulator/index.js";
import { s3 } from "../../support/connectors.js";

let emulator: Emulator;
let now: number;

beforeEach(async () => {
  now = 1_000;
  emulator = await Emulator.start({ startMs: 100, stopMs: 50, lagMs: 30, now: () => now });
});
afterEach(() => emulator.close());

async function call(method: string, path: string, body?: unknown, token = emulator.token) {
  const response = await fetch(`${emulator.endpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const statusAt = (time: number) => ((now = time), emulator.connector("acme")?.status);

test("a connector starts, restarts after a lag, stops and fails by the injected clock", async () => {
  await call("POST", "/connectors/acme", {});
  expect([statusAt(1_099), statusAt(1_100)]).toEqual(["STARTING", "RUNNING"]);
  await call("PUT", "/connectors/acme", s3());
  expect([statusAt(1_129), statusAt(1_130), statusAt(1_229), statusAt(1_230)]).toEqual([
    "RUNNING",
    "STARTING",
    "STARTING",
    "RUNNING",
  ]);
  await call("GET", "/connectors/acme/stop");
  expect([statusAt(1_279), statusAt(1_280)]).toEqual(["STOPPING", "STOPPED"]);
  await call("PUT", "/connectors/acme", {});
  expect(statusAt(9_000)).toBe("STOPPED");
  await call("GET", "/connectors/acme/fail");
  expect(statusAt(9_000)).toBe("FAILED");
});

test("a passing status can be held until a look has shown it; what looks have shown is kept", async () => {
  await emulator.close();
  const holdUntilSeen = ["STARTING", "STOPPING"] as const;
  emulator = await Emulator.start({ startMs: 100, stopMs: 50, lagMs: 30, holdUntilSeen, now: () => now });
  const look = async () => (await call("GET", "/connectors/acme")).body["status"];
  await call("POST", "/connectors/acme", {});
  expect(statusAt(5_000)).toBe("STARTING");
  expect([await look(), await look()]).toEqual(["STARTING", "RUNNING"]);
  await call("PUT", "/connectors/acme", s3());
  now = 9_000;
  expect([await look(), await look()]).toEqual(["STARTING", "RUNNING"]);
  await call("GET", "/connectors/acme/stop");
  expect([await look(), await look()]).toEqual(["STOPPING", "STOPPING"]);
  now = 9_050;
  expect(await look()).toBe("STOPPED");
  expect(emulator.connector("acme")?.shown).toEqual([
    "STARTING",
    "RUNNING",
    "STARTING",
    "RUNNING",
    "STOPPING",
    "STOPPED",
  ]);
});

test("the contract's answers", async () => {
  expect(await call("GET", "/connectors", undefined, "wrong")).toEqual({
    status: 401,
    body: { detail: "Invalid token" },
  });
  expect((await call("POST", "/connectors/Acme", {})).status).toBe(422);
  expect((await call("POST", "/connectors/acme", { unheard: "of" })).status).toBe(422);
  expect((await call("POST", "/connectors/acme", s3())).status).toBe(201);
  expect(await call("POST", "/connectors/acme", {})).toMatchObject({ status: 409 });
  expect(await call("GET", "/connectors/nobody")).toEqual({
    status: 404,
    body: { detail: "Connector nobody not found" },
  });
  expect((await call("GET", "/elsewhere")).body).toEqual({ detail: "Not Found" });
});

test("faults strike the n-th call of a kind, as often as is said", async () => {
  const fault = emulator.fault({ call: "list", nth: 2, times: 2, do: { status: 500, body: '{"detail":"x"}' } });
  const statuses = [];
  for (let count = 0; count < 4; count++) statuses.push((await call("GET", "/connectors")).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
  expect(fault.hits).toBe(2);
});

test("it is driven from another process by the same switches, behind its token", async () => {
  const control = new EmulatorControl(emulator.endpoint, emulator.token);
  await control.interfere("acme", { create: s3() });
  await control.fault({ call: "get", do: { status: 418, body: "{}" } });
  expect((await call("GET", "/connectors/acme")).status).toBe(418);
  expect(await control.connectors()).toMatchObject([{ name: "acme", status: "RUNNING" }]);
  expect(await control.requests()).toMatchObject([{ method: "GET", path: "/connectors/acme", status: 418 }]);
  await control.clearRequests();
  expect(await control.requests()).toEqual([]);
  await control.clearFaults();
  await expect(control.interfere("nobody", { status: "FAILED" })).rejects.toThrow(
    'The emulator refused: the emulator has no connector "nobody"',
  );
  await expect(control.fault({ do: "melt" as "hang" })).rejects.toThrow(
    'The emulator refused: the emulator has no fault "melt"; it has loseAnswer, reset, hang, twice, stuck, failAtStart, status, delayMs, until, dripMs',
  );
  await expect(new EmulatorControl(emulator.endpoint, "wrong").requests()).rejects.toThrow("Invalid token");
});
