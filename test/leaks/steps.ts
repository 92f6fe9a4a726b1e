import { setTimeout as sleep } from "node:timers/promises";
import type { FaultAction } from "../../emulator/index.js";
import type { Outcome } from "../support/engine.js";
import { enginesAndProviders, kill } from "../support/processes.js";
import { azurePayload, s3Payload, token } from "./given.js";
import type { World } from "./world.js";

/** One thing that a user does, and what may go wrong with it. */
export interface Step {
  readonly name: string;
  /** Whether it must end well, for the step to show anything. */
  readonly ends: "well" | "badly";
  readonly run: (world: World) => Promise<Outcome>;
}

/** Answers that quote what they were sent: a value that no request of this process held can't be known for a secret. */
export const refusals: Readonly<Record<string, (payload: Readonly<Record<string, string>>) => FaultAction>> = {
  "422 with all that was sent": () => ({ status: 422, echo: true }),
  "400 quoting token and key": (payload) => ({
    status: 400,
    body: JSON.stringify({ detail: `bad ${token}, ${keyIn(payload)}` }),
  }),
  "409 with all that was sent": () => ({ status: 409, echo: true }),
  "a page quoting a key": (payload) => ({
    status: 400,
    body: `<html><title>${keyIn(payload)} ${token}</title></html>`,
  }),
  "a redirect quoting the token": () => ({
    status: 302,
    headers: { location: `https://elsewhere.example/${token}?token=${token}` },
  }),
  "broken JSON of all that was sent": (payload) => ({ status: 500, body: `{"detail": ${JSON.stringify(payload)}` }),
};

function keyIn(payload: Readonly<Record<string, string>>): string | undefined {
  return payload["secretAccessKeyRead"] ?? payload["accountKeyRead"];
}

const refused = Object.entries(refusals).map(([name, refusal]): Step => ({
  name: `create refused: ${name}`,
  ends: "badly",
  run: async (world) => {
    await world.control.fault({ call: "create", connector: "acme", times: 99, do: refusal(s3Payload(1)) });
    await world.control.fault({ call: "create", connector: "blue", times: 99, do: refusal(azurePayload(1)) });
    const outcome = await world.stack.up(world.program({ timeouts: { create: "2s" } }), world.options);
    await world.control.clearFaults();
    return outcome;
  },
}));

/** In order: each goes on from where the one before has left the stack. */
export const steps: readonly Step[] = [
  { name: "preview", ends: "well", run: (world) => world.stack.preview(world.program(), world.options) },
  { name: "preview --json", ends: "well", run: ({ stack, options }) => stack.previewJson(options) },
  ...refused,
  {
    name: "create ends FAILED",
    ends: "badly",
    run: async (world) => {
      await world.control.fault({ call: "create", connector: "acme", do: "failAtStart" });
      return world.stack.up(world.program(), world.options);
    },
  },
  { name: "create", ends: "well", run: (world) => world.stack.up(world.program(), world.options) },
  { name: "refresh", ends: "well", run: ({ stack, options }) => stack.refresh(options) },
  {
    name: "rotate, previewed",
    ends: "well",
    run: async (world) => {
      await world.rotate(2);
      return world.stack.preview(world.program(), world.options);
    },
  },
  { name: "rotate, previewed with --json", ends: "well", run: ({ stack, options }) => stack.previewJson(options) },
  {
    name: "rotate fails: 500 quoting all keys",
    ends: "badly",
    run: async (world) => {
      for (const [connector, payload] of Object.entries({ acme: s3Payload(2), blue: azurePayload(2) })) {
        const body = `Traceback: ${JSON.stringify(payload)}`;
        await world.control.fault({ call: "edit", connector, times: 99, do: { status: 500, body } });
      }
      const outcome = await world.stack.up(world.program({ timeouts: { update: "2s" } }), world.options);
      await world.control.clearFaults();
      return outcome;
    },
  },
  {
    name: "the provider is killed",
    ends: "badly",
    run: (world) => struckDown(world, async () => kill(enginesAndProviders().providers, "SIGKILL"), 60_000),
  },
  {
    // The SDK's host prints it with its stack, and goes on.
    name: "a defect breaks out in the provider's process",
    ends: "well",
    run: async (world) => {
      world.stack.setEnv({ NODE_OPTIONS: `--import=${new URL("crash.mjs", import.meta.url).pathname}` });
      const outcome = await struckDown(world, () => Promise.resolve());
      world.stack.setEnv({ NODE_OPTIONS: "" });
      return outcome;
    },
  },
  { name: "rotate", ends: "well", run: (world) => world.stack.up(world.program(), world.options) },
  {
    name: "look-ups",
    ends: "well",
    run: (world) =>
      world.run(
        'const { getConnector, getConnectors } = await import("pulumi-dataspace");' +
          'console.log(JSON.stringify([await getConnector("acme"), await getConnectors()]));' +
          'await getConnector("nobody").catch((error) => console.error(error));',
      ),
  },
  { name: "destroy", ends: "well", run: ({ stack, options }) => stack.destroy(options) },
];

/** An `up` in whose middle, with an edit under way, something happens to the provider. */
async function struckDown(world: World, strike: () => Promise<void>, delayMs = 1_500): Promise<Outcome> {
  const { control } = world;
  await control.clearRequests();
  await control.fault({ call: "edit", times: 2, do: { delayMs, when: "after" } });
  const running = world.stack.up(world.program(), world.options);
  let ended = false;
  void running.then(() => (ended = true));
  while (!ended && !(await control.requests()).some(({ call }) => call === "edit")) await sleep(20);
  await strike();
  const outcome = await running;
  await control.clearFaults();
  return outcome;
}
