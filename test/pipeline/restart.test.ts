import { describe, expect } from "vitest";
import type { Emulator } from "../../emulator/index.js";
import { timeless, type BegunCli } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { test as base } from "../support/fixtures.js";

const names = ["a", "b", "c", "d", "e"];
const test = base.extend(
  "restart",
  ({ run }) =>
    (...args: string[]) =>
      run("restart", ...args),
);
test.beforeEach(async ({ emulator }) => {
  for (const name of names) emulator.interfere(name, { create: s3() });
});

function power(emulator: Emulator, ...those: string[]): string[] {
  return emulator
    .mutations()
    .filter((line) => those.length === 0 || those.some((name) => line.includes(`/${name}/`)))
    .map((line) => line.replace(/GET \/connectors\/(.*) 200/, "$1"));
}

test("stop, STOPPED, start, RUNNING: wave after wave, each once", async ({ emulator, restart }) => {
  const { code, stdout, stderr } = timeless(await restart("*", "--yes", "--wave", "2"));
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `   connector  status   restarts
✓  a          RUNNING  1
✓  b          RUNNING  1
✓  c          RUNNING  1
✓  d          RUNNING  1
✓  e          RUNNING  1
`,
  });
  expect(stderr.split("\n").slice(0, 8)).toEqual([
    "connector  what happens  status",
    ...names.map((name) => `${name}          restarts      RUNNING → RUNNING`),
    "2 at a time; no new wave starts after 1 failure.",
    "Wave 1 of 3: a and b",
  ]);
  expect(stderr).toContain("Wave 2 of 3: c and d\n");
  expect(stderr).toContain("Wave 3 of 3: e\n");
  const sent = power(emulator);
  expect([sent.slice(0, 2).sort(), sent.slice(2, 4).sort(), sent.slice(4, 6).sort()]).toEqual([
    ["a/stop", "b/stop"],
    ["a/start", "b/start"],
    ["c/stop", "d/stop"],
  ]);
  expect(sent).toHaveLength(10);
  for (const name of names) expect(emulator.connector(name)).toMatchObject({ stops: 1, starts: 1, status: "RUNNING" });
});

test("one that won't come up ends the waves: exit 4, and the rest is not started", async ({ emulator, restart }) => {
  emulator.fault({ call: "start", connector: "c", do: "failAtStart" });
  const { code, stdout, stderr } = timeless(await restart("*", "--yes", "--wave", "2", "--quiet"));
  expect({ code, stdout, stderr }).toEqual({
    code: 4,
    stdout: `   connector  status   restarts
✓  a          RUNNING  1
✓  b          RUNNING  1
✗  c          FAILED             failed
✓  d          RUNNING  1
·  e          RUNNING            not started

Stopped early: 1 connector is unhealthy (--max-unhealthy). Not changed: e.
`,
    stderr: `Could not restart connector "c": it is FAILED after T.
Next: Check its storage settings and credentials (pulumi up pushes corrected ones), then run pulumi-dataspace restart c.
`,
  });
  expect(power(emulator, "e")).toEqual([]);
});

test("--max-unhealthy lets more go wrong", async ({ emulator, restart }) => {
  for (const connector of ["a", "c"]) emulator.fault({ call: "start", connector, do: "failAtStart" });
  const { code, stdout } = await restart("*", "--yes", "--wave", "1", "--max-unhealthy", "2", "--json");
  expect(code).toBe(4);
  const { connectors } = JSON.parse(stdout) as { connectors: { name: string; result: string }[] };
  expect(connectors.map(({ name, result }) => `${name} ${result}`)).toEqual([
    "a failed",
    "b done",
    "c failed",
    "d notStarted",
    "e notStarted",
  ]);
});

test("--failed: only those, by way of STOPPED; what is STOPPED stays so without it, too", async ({
  emulator,
  restart,
}) => {
  emulator.interfere("b", { status: "FAILED" });
  emulator.interfere("c", { status: "STOPPED" });
  expect(await restart("*", "--failed", "--yes", "--quiet")).toEqual({
    code: 0,
    stdout: `   connector  status   restarts
✓  b          RUNNING

4 connectors are not FAILED, so --failed skips them: a, c, d and e.
`,
    stderr: "",
  });
  expect(power(emulator)).toEqual(["b/stop", "b/start"]);
  expect(await restart("c")).toEqual({
    code: 0,
    stdout:
      'Connector "c" is STOPPED, and restart skips connectors that are not running. To start it, run pulumi-dataspace start c.\n',
    stderr: "",
  });
});

test.for<[flags: string[], flag: string]>([
  [["--wave", "0"], "--wave"],
  [["--max-unhealthy", "some"], "--max-unhealthy"],
])("%j is refused", async ([flags, flag], { emulator, restart }) => {
  expect(await restart("*", "--yes", ...flags)).toEqual({
    code: 1,
    stdout: "",
    stderr: `Invalid ${flag}: it must be a whole number of at least 1.\nNext: Write it like ${flag} 5.\n`,
  });
  expect(emulator.requestLines()).toEqual([]);
});

describe("interrupted: exit 130, nothing half done unsaid", () => {
  /** Interrupts a run as soon as it has said this. */
  async function interruptedAt(said: string, signal: NodeJS.Signals, { child, ended }: BegunCli) {
    let stderr = "";
    const listen = (chunk: Buffer) => {
      stderr += chunk.toString();
      if (!stderr.includes(said)) return;
      child.stderr.off("data", listen);
      child.kill(signal);
    };
    child.stderr.on("data", listen);
    return timeless(await ended);
  }

  test.for(["SIGINT", "SIGTERM"] as const)("%s while one is stopped", async (signal, { emulator, begin }) => {
    emulator.fault({ call: "stop", connector: "a", do: "stuck" });
    const { code, stdout, stderr } = await interruptedAt(
      "STOPPING",
      signal,
      begin("restart", "*", "--wave", "1", "--yes"),
    );
    expect({ code, stdout }).toEqual({
      code: 130,
      stdout: `   connector  status    restarts
✗  a          STOPPING            failed
·  b          RUNNING             not started
·  c          RUNNING             not started
·  d          RUNNING             not started
·  e          RUNNING             not started

Interrupted. Not changed: b, c, d and e.
`,
    });
    expect(stderr)
      .toContain(`Could not restart connector "a": interrupted while it was STOPPING; it was asked to stop but not started again.
Next: Run pulumi-dataspace start a.
`);
    expect(power(emulator)).toEqual(["a/stop"]);
  });

  describe("a slow start", () => {
    test.override("emulatorOptions", { startMs: 60_000 });

    test("while one comes up: it goes on at the service", async ({ emulator, begin }) => {
      const { code, stdout, stderr } = await interruptedAt("STARTING", "SIGINT", begin("restart", "a", "--yes"));
      expect({ code, stdout }).toEqual({
        code: 130,
        stdout: "   connector  status    restarts\n✗  a          STARTING            failed\n",
      });
      expect(stderr)
        .toContain(`Could not restart connector "a": interrupted while it was STARTING; the start was sent and continues at the service.
Next: Run pulumi-dataspace wait a --for RUNNING.
`);
      expect(power(emulator)).toEqual(["a/stop", "a/start"]);
    });
  });

  test("before anything was sent", async ({ emulator, begin }) => {
    emulator.fault({ call: "list", do: "hang" });
    const { child, ended } = begin("restart", "*", "--yes");
    await emulator.waitFor(({ call }) => call === "list");
    child.kill("SIGINT");
    expect(await ended).toEqual({
      code: 130,
      stdout: "",
      stderr: "Interrupted; nothing was changed.\nNext: Run the same command again.\n",
    });
  });

  test("--json is a report then, too", async ({ emulator, begin }) => {
    emulator.fault({ call: "stop", connector: "a", do: "stuck" });
    const { code, stdout } = await interruptedAt(
      "STOPPING",
      "SIGINT",
      begin("restart", "*", "--wave", "1", "--json", "--yes"),
    );
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "restart",
      exitCode: 130,
      connectors: [{ name: "a", result: "failed" }, ...names.slice(1).map((name) => ({ name, result: "notStarted" }))],
      errors: ["Interrupted. Not changed: b, c, d and e."],
    });
  });
});
