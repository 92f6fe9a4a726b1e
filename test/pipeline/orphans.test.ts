import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";
import { isAlive, isListening, kill, processesBelow } from "../support/processes.js";

const pipeline = pipelineFolder();

/** Waits until the condition gives something; the test's own time is the limit. */
async function seen<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(10);
  }
}

test.skipIf(process.platform !== "linux")(
  "a provider whose engine is killed before it was asked for anything ends, too",
  { timeout: 120_000 },
  async () => {
    await pipeline.declare({ acme: {} });
    const { child, ended } = pipeline.begin("up", "--stack", "prod", "--yes");
    const below = () => processesBelow(child.pid ?? 0);
    const provider = await seen(() =>
      below().find(({ command }) => /^\S*node \S*\/cmd\/dynamic-provider\/index\.js/.test(command)),
    );
    const engines = below().flatMap(({ pid, command }) => (/^\S*pulumi (up|preview)\b/.test(command) ? [pid] : []));
    expect(engines).toHaveLength(1);
    // It is held here, so that the provider gets ready, and is asked for nothing.
    kill(engines, "SIGSTOP");
    await seen(() => isListening(provider.pid) || undefined);
    kill(engines, "SIGKILL");
    await seen(() => !isAlive(provider.pid) || undefined);
    expect((await ended).code).toBe(1);
    expect(pipeline.emulator.mutations()).toEqual([]);
  },
);
