import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator, type FaultScript } from "../../emulator/index.js";
import { beginCli, timeless } from "../support/cli.js";
import { s3 } from "../support/connectors.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await Emulator.start();
  emulator.interfere("acme", { create: s3() });
});
afterEach(() => emulator.close());

/** Interrupts the command as soon as the service has got this request. */
async function interruptedAt(call: FaultScript["call"], ...args: string[]) {
  const env = { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token };
  const { child, ended } = beginCli(args, { env });
  await emulator.waitFor((request) => request.call === call);
  child.kill("SIGINT");
  return timeless(await ended);
}

test.each([["list"], ["status", "acme"], ["wait", "acme"], ["stop", "*", "--yes"], ["fail", "acme", "--yes"]])(
  "%s, while the service hasn't answered the first look: exit 130 at once, and nothing was changed",
  async (...args) => {
    emulator.fault({ do: "hang" });
    const { code, stdout, stderr } = await interruptedAt(args[0] === "status" ? "get" : "list", ...args);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(
      args[0] === "wait"
        ? /^Waited in vain for connector "acme" to be RUNNING: interrupted before it was seen, after T\.\n/
        : /^Interrupted; nothing was changed\.\nNext: Run the same command again\.\n$/,
    );
    expect(emulator.mutations()).toEqual([]);
  },
);

test("stop, while its answer is on the way: that is awaited, because it tells what was done", async () => {
  emulator.fault({ call: "stop", do: { delayMs: 500 } });
  const { code, stdout, stderr } = await interruptedAt("stop", "stop", "acme", "--yes", "--quiet");
  expect({ code, stdout, stderr }).toEqual({
    code: 130,
    stdout: "   connector  status   restarts\n✗  acme       RUNNING            failed\n",
    stderr: `Could not stop connector "acme": interrupted while it was RUNNING; the stop was sent and goes on at the service.
Next: Run pulumi-dataspace wait acme --for STOPPED.
`,
  });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
});

test("fail, taken and without effect so far", async () => {
  emulator.fault({ call: "fail", times: 9, do: { status: 200, body: "{}" } });
  const { code, stderr } = await interruptedAt("fail", "fail", "acme", "--yes", "--quiet");
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: `Could not fail connector "acme": interrupted while it was RUNNING; the fail was sent and goes on at the service.
Next: Run pulumi-dataspace wait acme --for FAILED.
`,
  });
});
