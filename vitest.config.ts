import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Pulumi's SDK, where a new engine listens where a killed one did (docs/decisions/0019): TestStack counts the run as failed.
    onUnhandledError: ({ message }) => !message.startsWith("14 UNAVAILABLE: No connection established"),
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,faults,fuzz}/**/*.test.ts"],
          sequence: { groupOrder: 0 },
          // Many use real sockets and processes, which take their time on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/{engine,kill,leaks,pipeline}/**/*.test.ts"],
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // Each test runs an engine and a provider process beside it.
          maxWorkers: 2,
          // The package as it is built, not transformed: by its name, and by its files. The clone's folder may bear its name, too.
          server: { deps: { external: [/^pulumi-dataspace(?:\/|$)/, /\/dist\//, /\/node_modules\//] } },
        },
      },
      // Only by npm run test:postgres.
      ...(process.env["POSTGRES"] === undefined
        ? []
        : [{ test: { name: "postgres", include: ["test/postgres/**/*.test.ts"], hookTimeout: 60_000 } }]),
      {
        test: {
          name: "reports",
          include: ["test/reports/**/*.test.ts"],
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          sequence: { groupOrder: 2 },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
