import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { play } from "./play.js";
import { steps, type Step } from "./steps.js";

const replays = new URL("replays/", import.meta.url);
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2_000);
// The same sequences in every `npm test`, so that a red one is owed to the change under test; `npm run fuzz` goes on to others.
const always = 20_261_124;
const seed = Number(process.env["FUZZ_SEED"] ?? (process.env["FUZZ_RUNS"] ? Date.now() % 2 ** 31 : always));

const kept = readdirSync(replays).filter((file) => file.endsWith(".json"));
test.each(kept)("%s, which failed once, holds", async (file) => {
  const sequence = JSON.parse(readFileSync(new URL(file, replays), "utf8")) as Step[];
  await expect(play(sequence)).resolves.toBeUndefined();
});

test(`${numRuns} random sequences hold (seed ${seed})`, { timeout: 24 * 3_600_000 }, async () => {
  const details = await fc.check(fc.asyncProperty(steps, play), { numRuns, seed, endOnFailure: false });
  if (details.failed) {
    // Kept, so that it becomes a test.
    const text = JSON.stringify(details.counterexample?.[0], undefined, 2);
    const file = `${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`;
    writeFileSync(new URL(file, replays), `${text}\n`);
    console.error(`seed ${seed}: the smallest failing sequence is kept as test/fuzz/replays/${file}`);
  }
  expect(details.failed ? String(details.errorInstance) : "all hold").toBe("all hold");
});
