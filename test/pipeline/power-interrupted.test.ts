import { expect } from "vitest";
import type { Emulator, FaultScript } from "../../emulator/index.js";
import { timeless, type BegunCli } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";

/** Interrupts the command as soon as the service has got this request. */
async function interruptedAt(emulator: Emulator, call: FaultScript["call"], { child, ended }: BegunCli) {
  await emulator.waitFor((request) => request.call === call);
  child.kill("SIGINT");
  return timeless(await ended);
}

test.beforeEach(async ({ emulator }) => {
  emulator.interfere("acme", { create: s3() });
});

test.for([["list"], ["status", "acme"], ["wait", "acme"], ["stop", "*", "--yes"], ["fail", "acme", "--yes"]])(
  "%s, while the service hasn't answered the first look: exit 130 at once, and nothing was changed",
  async (args, { emulator, begin }) => {
    emulator.fault({ do: "hang" });
    const { code, stdout, stderr } = await interruptedAt(
      emulator,
      args[0] === "status" ? "get" : "list",
      begin(...args),
    );
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(
      args[0] === "wait"
        ? /^Connector "acme" did not become RUNNING: interrupted before it was seen, after T\.\n/
        : /^Interrupted; nothing was changed\.\nNext: Run the same command again\.\n$/,
    );
    expect(emulator.mutations()).toEqual([]);
  },
);

test("stop, while its answer is on the way: that is awaited, because it tells what was done", async ({
  emulator,
  begin,
}) => {
  emulator.fault({ call: "stop", do: { delayMs: 3_000 } });
  const { code, stdout, stderr } = await interruptedAt(emulator, "stop", begin("stop", "acme", "--yes", "--quiet"));
  expect({ code, stdout, stderr }).toEqual({
    code: 130,
    stdout: "   connector  status   restarts\n✗  acme       RUNNING            failed\n",
    stderr: `Could not stop connector "acme": interrupted while it was RUNNING; the stop was sent and continues at the service.
Next: Run pulumi-dataspace wait acme --for STOPPED.
`,
  });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
});

test("fail, taken and without effect so far", async ({ emulator, begin }) => {
  emulator.fault({ call: "fail", times: 9, do: { status: 200, body: "{}" } });
  const { code, stderr } = await interruptedAt(emulator, "fail", begin("fail", "acme", "--yes", "--quiet"));
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: `Could not fail connector "acme": interrupted while it was RUNNING; the fail was sent and continues at the service.
Next: Run pulumi-dataspace wait acme --for FAILED.
`,
  });
});
