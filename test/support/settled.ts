import { expect } from "vitest";
import type { Emulator } from "../../emulator/index.js";
import type { Outcome, TestStack } from "./engine.js";

/** After every successful `up`: another one changes nothing, here or at the service, and asks nobody. */
export async function expectSettled(stack: TestStack, emulator: Emulator): Promise<void> {
  emulator.clearRequests();
  const again = await stack.up();
  expect(again.output, again.output).not.toMatch(/error/i);
  expect(Object.keys(again.changes)).toEqual(["same"]);
  expect(emulator.requestLines()).toEqual([]);
}

/** The run ended well; if it did not, what it printed is the message. */
export function expectOk(outcome: Outcome): void {
  expect(outcome.ok, outcome.output).toBe(true);
}
