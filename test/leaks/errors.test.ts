import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator, type CallName } from "../../emulator/index.js";
import { MiniEngine } from "../support/mini-engine.js";
import { present } from "../support/present.js";
import { VirtualClock } from "../support/virtual-clock.js";
import { holdsCanary } from "./canaries.js";
import { azurePayload, s3Payload, token } from "./given.js";
import { refusals } from "./steps.js";

let emulator: Emulator;
let engine: MiniEngine;

beforeEach(async () => {
  const clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 2_000, now: clock.now, token, quirks: { echoSecrets: "clear" } });
  engine = new MiniEngine(() => ({ DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: token }), {
    clock,
    random: () => 0.5,
    feed: {},
  });
});
afterEach(() => emulator.close());

/** Everything that a program, a debugger or a crash report could get out of an error. */
function everythingOf(error: unknown): string {
  const chain: unknown[] = [];
  for (let each = error; each !== undefined && each !== null; each = (each as { cause?: unknown }).cause)
    chain.push(each);
  return chain
    .flatMap((each) => [
      String(each),
      (each as Error).stack,
      JSON.stringify(each),
      inspect(each, { depth: 20, showHidden: true, getters: true }),
      ...Object.getOwnPropertyNames(each).map((key) => inspect((each as Record<string, unknown>)[key], { depth: 20 })),
    ])
    .join("\n");
}

const limits = { timeouts: { create: "1m", update: "1m", delete: "1m" }, stuckAfter: "10s" };
const up = (generation: number) => engine.up("acme", { amazonS3: s3Payload(generation), ...limits });
const operations: Readonly<Record<string, readonly [CallName, () => ReturnType<typeof up>]>> = {
  create: ["create", () => up(1)],
  "a look before a create": ["list", () => up(1)],
  edit: ["edit", () => up(2)],
  refresh: ["list", () => engine.refresh("acme")],
  delete: ["stop", () => engine.destroy("acme")],
};

test.each(
  Object.keys(operations).flatMap((operation) => Object.keys(refusals).map((refusal) => [operation, refusal] as const)),
)("the error of %s, answered %s, holds no secret, however it is looked at", async (operation, refusal) => {
  const [call, run] = present(operations[operation], operation);
  if (call !== "create" && operation !== "a look before a create") await up(1);
  emulator.fault({ call, times: 1_000, do: present(refusals[refusal], refusal)(s3Payload(call === "edit" ? 2 : 1)) });
  emulator.fault({ call: "fail", times: 1_000, do: { status: 409, echo: true } });
  const { error, warnings, notes } = await run();
  expect(error, "an error").toBeDefined();
  expect(holdsCanary(everythingOf(error))).toBe(false);
  expect(error?.cause).toBeUndefined();
  expect([...warnings, ...notes].filter(holdsCanary)).toEqual([]);
  expect(holdsCanary(JSON.stringify([...engine.entries]))).toBe(false);
});

test("what is planted in an error is found", () => {
  const cause = Object.assign(new Error("x"), { request: { headers: [`Bearer ${token}`] } });
  expect(holdsCanary(everythingOf(new Error("y", { cause })))).toBe(true);
  expect(holdsCanary(everythingOf(new Error(JSON.stringify(azurePayload(1)))))).toBe(true);
});
