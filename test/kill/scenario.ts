import { setTimeout as sleep } from "node:timers/promises";
import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { Emulator, type LoggedRequest } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { TestStack, type Outcome } from "../support/engine.js";
import { enginesAndProviders, isAlive, kill } from "../support/processes.js";
import { expectOk, expectSettled } from "../support/settled.js";

export const points = ["before it is sent", "after it is sent", "while waiting", "before the answer"] as const;
export const victims = {
  "the provider": ["providers"],
  "the engine": ["engines"],
  both: ["engines", "providers"],
} as const;

export interface Scenario {
  readonly operation: "create" | "update" | "delete";
  readonly point: (typeof points)[number];
  readonly victim: keyof typeof victims;
  readonly signal: NodeJS.Signals;
}

const callOf = { create: "create", update: "edit", delete: "stop" } as const;
const acme = (region: string) => async () => void new Connector("acme", { settle: "500ms", amazonS3: s3({ region }) });

/** Kills in the middle, then does what the outputs say until the declared state is reached. Gives what had to be done. */
export async function survive({ operation, point, victim, signal }: Scenario): Promise<string[]> {
  const emulator = await Emulator.start({
    startMs: 600,
    stopMs: 400,
    lagMs: 200,
    holdUntilSeen: ["STARTING", "STOPPING"],
  });
  const stack = await TestStack.create(emulator);
  try {
    if (operation !== "create") expectOk(await stack.up(acme("eu-central-1")));
    emulator.clearRequests();
    const isMoment = momentOf(operation, point, emulator);
    // The request of that moment takes effect at once, and its answer waits for the strike.
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const struck = emulator.waitFor((request) => {
      if (!isMoment(request)) return false;
      if (request.call !== "other") emulator.fault({ call: request.call, do: { until: released } });
      return true;
    });
    const run = operation === "delete" ? stack.destroy() : stack.up(acme("eu-west-1"));
    // A run that ends before that moment must say why.
    await Promise.race([struck, run.then(({ output }) => Promise.reject(new Error(`ended too early: ${output}`)))]);
    const { engines, providers } = enginesAndProviders();
    expect([engines.length, providers.length]).toEqual([1, 1]);
    const [changes, requests] = [emulator.mutations().length, emulator.requests.length];
    for (const kind of victims[victim]) kill(kind === "engines" ? engines : providers, signal);
    const engineIsGone = victim !== "the provider" && signal === "SIGKILL";
    // Without its engine a provider ends by itself, whether the service answers or not.
    if (engineIsGone) await ended(providers);
    release();
    await run;
    await ended(providers);
    // What was on its way may arrive; nothing new begins, but for the one look that was just being sent.
    expect(emulator.mutations().slice(changes)).toEqual([]);
    if (engineIsGone) expect(emulator.requestLines().slice(requests).length).toBeLessThanOrEqual(1);
    emulator.clearFaults();
    return await recover(stack, emulator, operation);
  } finally {
    await stack.remove();
    await emulator.close();
  }
}

function momentOf(operation: Scenario["operation"], point: Scenario["point"], emulator: Emulator) {
  const call = callOf[operation];
  const begun = () => emulator.requests.some((request) => request.call === call);
  const reached = () => {
    const { status, restarts } = emulator.connector("acme") ?? {};
    if (operation === "delete") return status === "STOPPED";
    return status === "RUNNING" && (operation === "create" || restarts === 1) && begun();
  };
  return (request: LoggedRequest): boolean => {
    switch (point) {
      case "before it is sent":
        return request.call === "list";
      case "after it is sent":
        return request.call === call;
      case "while waiting":
        return request.call === "list" && begun();
      case "before the answer":
        return request.call === "list" && begun() && reached();
    }
  };
}

/** Waits until these processes have ended; the test's own time is the limit. */
async function ended(providers: readonly number[]): Promise<void> {
  while (providers.some(isAlive)) await sleep(50);
}

/** Follows the outputs' own advice. */
async function recover(stack: TestStack, emulator: Emulator, operation: Scenario["operation"]): Promise<string[]> {
  const advice: string[] = [];
  for (let tries = 0; tries < 6; tries++) {
    const outcome: Outcome = operation === "delete" ? await stack.destroy() : await stack.up(acme("eu-west-1"));
    if (/locked by \d+ lock/.test(outcome.said)) {
      advice.push("pulumi cancel");
      await stack.stack.cancel();
    } else if ((await stack.pendingOperations()).length > 0) {
      advice.push("refresh --clear-pending-creates");
      await stack.stack.refresh({ clearPendingCreates: true });
    } else if (outcome.said.includes("DATASPACE_ON_EXISTING=adopt pulumi up")) {
      advice.push("DATASPACE_ON_EXISTING=adopt");
      stack.setEnv({ DATASPACE_ON_EXISTING: "adopt" });
    } else if (outcome.ok) {
      await expectReached(stack, emulator, operation);
      return advice;
    } else advice.push("again");
  }
  throw new Error(`not recovered by ${advice.join(", ")}`);
}

async function expectReached(stack: TestStack, emulator: Emulator, operation: Scenario["operation"]): Promise<void> {
  expect(emulator.names()).toEqual(["acme"]);
  if (operation === "delete") {
    expect(emulator.connector("acme")?.status).toBe("STOPPED");
    expect(await stack.resources()).toEqual({});
    return;
  }
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3({ region: "eu-west-1" }) });
  expect(Object.keys(await stack.resources())).toEqual(["acme"]);
  await expectSettled(stack, emulator);
}
