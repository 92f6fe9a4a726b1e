import { expect, test } from "vitest";
import { Emulator } from "../emulator/index.js";
import { Fleet } from "../test/support/fleet.js";

const perSecond = 50;
const count = 300;
const startMs = 2_000;
const names = Array.from({ length: count }, (_, i) => `bench-${i}`);

interface Row {
  readonly [column: string]: string | number;
}
const rows: Row[] = [];

/** 300 connectors at once, where the service takes 50 requests a second: close to what 50 a second allows, and none is lost. */
test.each<[string, NodeJS.ProcessEnv]>([
  ["as it comes", {}],
  ["DATASPACE_MAX_REQUESTS_PER_SECOND=48", { DATASPACE_MAX_REQUESTS_PER_SECOND: "48" }],
])("%s", async (setting, environment) => {
  const emulator = await Emulator.start({ startMs, requestsPerSecond: perSecond });
  const fleet = new Fleet(emulator, environment);
  const startedAt = performance.now();
  await fleet.up(names, { settle: "1s" });
  const seconds = (performance.now() - startedAt) / 1_000;
  // One POST each and a list every 2 s, at the service's pace; the last one then starts for 2 s.
  const ideal = count / (perSecond - 1 / 2) + startMs / 1_000;
  const creates = emulator.requests.filter(({ call }) => call === "create");
  const posts = creates.filter(({ status }) => status === 201).length;
  const refused = emulator.requests.filter(({ status }) => status === 429).length;
  // Nobody is turned away again and again while others pass.
  const tries = names.map((name) => creates.filter(({ connector }) => connector === name).length);
  const lists = emulator.requests.filter(({ call, status }) => call === "list" && status === 200).length;
  rows.push({
    setting,
    s: seconds.toFixed(2),
    "ideal s": ideal.toFixed(2),
    ratio: (seconds / ideal).toFixed(2),
    POSTs: posts,
    lists,
    "429s": refused,
    "most POSTs of one": Math.max(...tries),
  });
  if (rows.length === 2) console.table(rows);
  expect(posts).toBe(count);
  expect(Math.max(...tries)).toBeLessThanOrEqual(6);
  expect(names.every((name) => emulator.connector(name)?.status === "RUNNING")).toBe(true);
  await emulator.close();
  expect(seconds / ideal).toBeLessThan(1.15);
});
