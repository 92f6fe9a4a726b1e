import { startEmulator } from "../../examples/demo/emulator.ts";
import type { Operation } from "../results.ts";
import { Driver } from "../rows/driver.ts";
import { figure, inTurns, type Probe } from "./probe.ts";

/** The provider's process alone against raw undici: what our own code costs for each connector. */
export const core: Probe = {
  title: "the provider's process alone",
  run: async (quick) => {
    const n = quick ? 1_000 : 10_000;
    const checks: number[] = [];
    const { ours, floor } = await inTurns(quick ? 1 : 5, {
      floor: async () => (await secondsOf("floor.ts", n, "up"))[0] ?? NaN,
      ours: async () => {
        const [check = NaN, create = NaN] = await secondsOf("core.ts", n, "again", "up");
        checks.push(check);
        return create;
      },
    });
    const ratios = ours.map((seconds, turn) => seconds / (floor[turn] ?? NaN));
    return [
      figure(`core-floor-${n}`, `${n} creates over raw undici (L0)`, "s", floor),
      figure(`core-ours-${n}`, `${n} creates through the provider, without the engine`, "s", ours),
      figure(`core-checks-${n}`, `${n} checks before that, which ask nobody`, "s", checks),
      figure(`core-ratio-${n}`, "ours over L0, turn by turn", "ratio", ratios),
    ];
  },
};

async function secondsOf(file: string, n: number, ...operations: readonly Operation[]): Promise<number[]> {
  const emulator = await startEmulator("--start", "0ms", "--stop", "0ms", "--lag", "0ms");
  const { endpoint, token } = emulator.control;
  const driver = new Driver(
    file,
    { n, startMs: 0, endpoint, token },
    { DATASPACE_ENDPOINT: endpoint, DATASPACE_TOKEN: token },
  );
  try {
    const seconds: number[] = [];
    for (const operation of operations) seconds.push(await driver.run(operation, AbortSignal.timeout(300_000)));
    return seconds;
  } finally {
    await driver.close();
    await emulator.end();
  }
}
