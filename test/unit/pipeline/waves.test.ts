import { expect, test } from "vitest";
import { inWaves } from "../../../pipeline/apply/waves.js";

const five = [1, 2, 3, 4, 5];

function run(
  items: readonly number[],
  options: { wave: number; maxUnhealthy?: number; ill?: number[]; stopAt?: number },
) {
  const controller = new AbortController();
  const waves: string[] = [];
  let together = 0;
  let most = 0;
  const work = async (item: number) => {
    most = Math.max(most, ++together);
    await new Promise((resolve) => setImmediate(resolve));
    together--;
    if (item === options.stopAt) controller.abort();
    return item;
  };
  const ended = inWaves(items, (members) => Promise.all(members.map(work)), {
    wave: options.wave,
    maxUnhealthy: options.maxUnhealthy ?? 1,
    stopped: () => controller.signal.aborted,
    isHealthy: (item) => !options.ill?.includes(item),
    onWave: ({ number, of, items: begun }) => waves.push(`${number}/${of}: ${begun.join()}`),
  });
  return ended.then((result) => ({ ...result, waves, most }));
}

test("wave after wave, each together, in order", async () => {
  expect(await run(five, { wave: 2 })).toEqual({
    results: five,
    left: [],
    unhealthy: 0,
    waves: ["1/3: 1,2", "2/3: 3,4", "3/3: 5"],
    most: 2,
  });
});

test("an unhealthy one ends the waves with its own", async () => {
  expect(await run(five, { wave: 2, ill: [3] })).toMatchObject({ results: [1, 2, 3, 4], left: [5], unhealthy: 1 });
});

test("as many unhealthy ones as allowed end them, over all waves", async () => {
  const ended = await run(five, { wave: 1, maxUnhealthy: 2, ill: [1, 3] });
  expect(ended).toMatchObject({ results: [1, 2, 3], left: [4, 5], unhealthy: 2 });
});

test("an interruption begins no further wave", async () => {
  expect(await run(five, { wave: 2, stopAt: 1 })).toMatchObject({ results: [1, 2], left: [3, 4, 5], unhealthy: 0 });
});

test("none, and a wave that is larger than all", async () => {
  expect(await run([], { wave: 5 })).toMatchObject({ results: [], left: [], waves: [] });
  expect(await run(five, { wave: 50 })).toMatchObject({ results: five, waves: ["1/1: 1,2,3,4,5"], most: 5 });
});

test("the stacks of a fleet share one count of unhealthy connectors", async () => {
  const unhealthy = { total: 0 };
  const rotate = (ill: number) =>
    inWaves(five, (members) => Promise.resolve(members), {
      wave: 1,
      maxUnhealthy: 2,
      isHealthy: (item) => item !== ill,
      stopped: () => false,
      unhealthy,
    });
  expect(await rotate(1)).toMatchObject({ results: five, left: [] });
  expect(await rotate(2)).toMatchObject({ results: [1, 2], left: [3, 4, 5], unhealthy: 2 });
});
