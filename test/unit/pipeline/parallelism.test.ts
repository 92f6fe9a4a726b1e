import { expect, test } from "vitest";
import { maxConcurrencyIn, parallelFor } from "../../../pipeline/stack/parallelism.js";

test.each([
  ["a handful: as many as requests keep busy", 3, 8, 32],
  ["all of them, because most of what they do is waiting", 300, 8, 300],
  ["never more than the engine can keep an eye on", 5_000, 8, 1_000],
  ["a program that doesn't say", undefined, 8, 256],
  ["a service that takes many requests at once", 100, 100, 400],
])("%s", (_, connectors, maxConcurrency, parallel) => {
  expect(parallelFor(connectors, maxConcurrency)).toBe(parallel);
});

test.each([
  [{}, 8],
  [{ DATASPACE_MAX_CONCURRENCY: "50" }, 50],
  [{ DATASPACE_MAX_CONCURRENCY: "many" }, 8],
  [{ DATASPACE_MAX_CONCURRENCY: "0" }, 8],
])("%j: %i requests at once", (env, expected) => expect(maxConcurrencyIn(env)).toBe(expected));
