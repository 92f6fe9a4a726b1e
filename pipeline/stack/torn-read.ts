import { setTimeout as sleep } from "node:timers/promises";
import { hasBegun, type EngineResult } from "./engine-run.js";
import { printable } from "../run/printable.js";

/** A busy run of the engine is out of the way before that. */
const most = 10;
const pauseMs = 200;

/**
 * Does again what couldn't read a state because that was being written in the same instant: Pulumi's file backend replaces a
 * state at once, but not what it notes beside it (observed). For what has done nothing yet when it fails so.
 *
 * @param isTorn whether it ended so without throwing
 */
export async function untilWhole<T>(work: () => Promise<T>, isTorn: (result: T) => boolean = () => false): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const result = await work();
      if (tries === most || !isTorn(result)) return result;
    } catch (error) {
      if (tries === most || !saysTorn(printable(error))) throw error;
    }
    await sleep(pauseMs);
  }
}

/** Whether a run of the engine ended so, before it came to any resource. */
export function isTornRun({ ok, output, events }: EngineResult): boolean {
  return !ok && !hasBegun(events) && saysTorn(output);
}

function saysTorn(output: string): boolean {
  return /failed to load checkpoint: (unexpected )?EOF/.test(output);
}
