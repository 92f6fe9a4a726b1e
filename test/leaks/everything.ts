import { expect } from "vitest";
import { excerptOf } from "./canaries.js";
import { tableOf } from "./report.js";
import { steps } from "./steps.js";
import { hitsOf, type Hit } from "./surfaces.js";
import { World, type Setting } from "./world.js";

/** Plays every step in one setting, looks at every surface after each, and prints what it has found. */
export async function expectNoLeak(setting: Setting): Promise<void> {
  const world = await World.open(setting);
  const hits: Hit[] = [];
  try {
    await world.control.interfere("theirs", { create: world.theirs });
    for (const { name, ends, run } of steps) {
      const outcome = await run(world);
      expect(outcome.ok ? "well" : "badly", `${name}: ${outcome.output.slice(-3_000)}`).toBe(ends);
      hits.push(...(await hitsOf(world, name, outcome)));
    }
  } finally {
    await world.close();
  }
  console.log(`\n${titleOf(setting)}, ${steps.length} steps`);
  console.table(tableOf(hits));
  const leaks = hits.filter((hit) => !hit.allowed);
  const said = new Set(leaks.map(({ step, surface, line }) => `${step}: ${surface}: ${excerptOf(line)}`));
  // The first of them tell enough; the table counts all.
  expect([...said].slice(0, 12)).toEqual([]);
}

export function titleOf({ credentials, echo, token, level }: Setting): string {
  return `${credentials}, echo ${echo}, token by ${token}, ${level}`;
}
