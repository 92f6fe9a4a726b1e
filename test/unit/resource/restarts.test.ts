import { expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { s3 } from "../../support/connectors.js";
import { Fleet } from "../../support/fleet.js";
import { VirtualClock } from "../../support/virtual-clock.js";

const names = ["a-1", "a-2", "a-3", "a-4", "a-5", "a-6"];

test.each([
  [1, { DATASPACE_MAX_RESTARTS_AT_ONCE: "1" }],
  [2, { DATASPACE_MAX_RESTARTS_AT_ONCE: "2" }],
  [6, {}],
])("at most %i connectors restart together", async (most, environment) => {
  const clock = new VirtualClock();
  const emulator = await Emulator.start({ startMs: 20_000, stopMs: 1_000, now: clock.now });
  const fleet = new Fleet(emulator, environment, { clock, random: () => 0.5, feed: {} });
  await fleet.up(names, { amazonS3: s3() });
  let together = 0;
  // Before the time goes on each time.
  const watch = () => {
    const moving = names.filter((name) => emulator.connector(name)?.status !== "RUNNING").length;
    together = Math.max(together, moving);
    watching = setImmediate(watch);
  };
  let watching = setImmediate(watch);
  await fleet.up(names, { amazonS3: s3({ secretAccessKeyRead: "read-secret-2" }) });
  clearImmediate(watching);
  expect(together).toBe(most);
  expect(names.map((name) => emulator.connector(name)?.restarts)).toEqual(names.map(() => 1));
  const queued = fleet.progress.filter((text) => text.startsWith("waiting for its turn"));
  expect(queued).toHaveLength(names.length - most);
  await emulator.close();
});
