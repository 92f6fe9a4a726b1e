import { defineConfig } from "vitest/config";

/** Benchmarks print tables and are run by hand (`npm run bench`): none sits in the timed suite. */
export default defineConfig({
  test: {
    include: ["bench/**/*.bench.ts"],
    testTimeout: 600_000,
    fileParallelism: false,
  },
});
