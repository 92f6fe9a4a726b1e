import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 700, stopMs: 100, lagMs: 300 });

const acme =
  (args: object = {}, fields: object = {}) =>
  async () => {
    new Connector("acme", { settle: "1s", amazonS3: s3(fields), ...args });
  };

test("a connector that fails at its start stays in state, and the next up heals it without creating it twice", async ({
  emulator,
  stack,
}) => {
  emulator.fault({ call: "create", do: "failAtStart" });
  const failed = await stack.up(acme());
  expect(failed.ok).toBe(false);
  expect(failed.output).toMatch(
    /Could not create connector "acme": it is FAILED after \d+m?s\.\s+Next: Check its storage settings and credentials, correct them, and run pulumi up again, which restarts it\./,
  );
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
  expect(Object.keys(await stack.resources())).toEqual(["acme"]);

  emulator.clearRequests();
  const healed = await stack.up();
  expect(healed.ok, healed.output).toBe(true);
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/acme/start 200"]);
  expect(emulator.connector("acme")?.status).toBe("RUNNING");
  await expectSettled(stack, emulator);
});

test("a failed connector with a corrected key is healed by one edit", async ({ emulator, stack }) => {
  emulator.fault({ call: "create", do: "failAtStart" });
  await stack.up(acme());
  emulator.clearRequests();
  const healed = await stack.up(acme({}, { secretAccessKeyRead: "read-secret-2" }));
  expect(healed.ok, healed.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  await expectSettled(stack, emulator);
});

test("an edit that brings the connector down is a partial failure; the next up pushes nothing twice", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme());
  emulator.fault({ call: "edit", do: "failAtStart" });
  emulator.clearRequests();
  const failed = await stack.up(acme({}, { region: "eu-west-1" }));
  expect(failed.output).toContain('Could not update connector "acme": it is FAILED after');
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);

  emulator.clearRequests();
  const healed = await stack.up();
  expect(healed.ok, healed.output).toBe(true);
  expect(emulator.mutations().filter((line) => line.startsWith("POST"))).toEqual([]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3({ region: "eu-west-1" }) });
  await expectSettled(stack, emulator);
});

test("a create whose answer is lost is settled by reading back: one connector, one POST", async ({
  emulator,
  stack,
}) => {
  emulator.fault({ call: "create", do: "loseAnswer" });
  const up = await stack.up(acme());
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["POST /connectors/acme reset"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", starts: 1 });
  await expectSettled(stack, emulator);
});

test("an edit whose answer is lost is settled by the restart that was seen", async ({ emulator, stack }) => {
  await stack.up(acme());
  emulator.fault({ call: "edit", do: "loseAnswer" });
  emulator.clearRequests();
  const up = await stack.up(acme({}, { secretAccessKeyRead: "read-secret-2" }));
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme reset"]);
  expect(emulator.connector("acme")).toMatchObject({
    restarts: 1,
    payload: s3({ secretAccessKeyRead: "read-secret-2" }),
  });
  await expectSettled(stack, emulator);
});

test("a create that never comes up ends at its time limit, is kept, and is taken up by the next run", async ({
  emulator,
  stack,
}) => {
  emulator.fault({ call: "create", do: "stuck" });
  const failed = await stack.up(acme({ timeouts: { create: "2s" } }));
  expect(failed.output).toMatch(
    /Could not create connector "acme": still STARTING after 2s\.\s+Next: Run pulumi up again, which keeps waiting; set timeouts\.create higher if it needs longer\./,
  );
  emulator.interfere("acme", { status: "RUNNING" });
  emulator.clearRequests();
  const up = await stack.up();
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual([]);
  await expectSettled(stack, emulator);
});

test("a create that the service refuses leaves nothing in state, and says why", async ({ emulator, stack }) => {
  emulator.fault({ call: "create", do: { status: 422, echo: true } });
  const refused = await stack.up(acme());
  expect(refused.output).toMatch(
    /Could not create connector "acme": the service answered 422\.\s+Why: body: invalid\s+Next: Correct the connector's configuration as the service asks, then run pulumi up again\./,
  );
  expect(await stack.resources()).toEqual({});
  expectOk(await stack.up());
  await expectSettled(stack, emulator);
});

test("destroy brings a stuck connector to rest by way of fail", async ({ emulator, stack }) => {
  await stack.up(acme({ stuckAfter: "1s" }));
  emulator.fault({ call: "stop", do: "stuck" });
  emulator.clearRequests();
  const destroy = await stack.destroy();
  expect(destroy.ok, destroy.output).toBe(true);
  expect(destroy.output).toMatch(/deleting \(\ds\) STOPPING \d+m?s/);
  expect(emulator.mutations()).toEqual([
    "GET /connectors/acme/stop 200",
    "GET /connectors/acme/fail 200",
    "GET /connectors/acme/stop 200",
  ]);
  expect(emulator.connector("acme")?.status).toBe("STOPPED");
  expect(await stack.resources()).toEqual({});
});

test("what can't be brought to rest stays in state, and the sentence says what to do", async ({ emulator, stack }) => {
  await stack.up(acme({ stuckAfter: "1s" }));
  emulator.fault({ call: "stop", do: { status: 409, body: '{"detail":"busy"}' }, times: 9 });
  emulator.fault({ call: "fail", do: { status: 409, body: '{"detail":"not allowed"}' } });
  const blocked = await stack.destroy();
  expect(blocked.output).toMatch(
    /Could not delete connector "acme": it is RUNNING, and the service refuses stop as well as fail\.\s+Why: not allowed\s+Next: It stays in state\./,
  );
  expect(Object.keys(await stack.resources())).toEqual(["acme"]);
  emulator.clearFaults();
  expectOk(await stack.destroy());
});

test("onDelete: delete, where the service has no such call, says so and keeps the connector", async ({
  emulator,
  stack,
}) => {
  emulator.quirks.delete = "route405";
  await stack.up(acme({ onDelete: "delete" }));
  const blocked = await stack.destroy();
  expect(blocked.output).toMatch(
    /Could not delete connector "acme": it is STOPPED, and the service offers no way to delete it\.\s+(Why: .*\s+)?Next: Set onDelete to stop \(or scrub\), run pulumi up, then destroy again: it is then left behind STOPPED\./,
  );
  expectOk(await stack.up(acme({ desiredStatus: "STOPPED" })));
  expectOk(await stack.destroy());
});

test("a connector that is gone is deleted with success", async ({ emulator, stack }) => {
  emulator.interfere("other", { create: s3() });
  await stack.up(acme());
  emulator.interfere("acme", { remove: true });
  emulator.clearRequests();
  const destroy = await stack.destroy();
  expect(destroy.ok, destroy.output).toBe(true);
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/acme 404"]);
});

test("Ctrl-C during a wait ends it, keeps the connector and frees the lock; the next up heals", async ({
  emulator,
  stack,
}) => {
  emulator.fault({ call: "create", do: "stuck" });
  const controller = new AbortController();
  const posted = emulator.waitFor((request) => request.call === "create");
  const running = stack.up(acme(), { signal: controller.signal });
  await posted;
  await emulator.waitFor((request) => request.call === "list");
  controller.abort();
  const interrupted = await running;
  expect(interrupted.output).toContain('Could not create connector "acme": interrupted while it was STARTING.');
  expect(interrupted.output).toContain("Next: Run pulumi up again, which continues where this run was interrupted.");
  expect(Object.keys(await stack.resources())).toEqual(["acme"]);

  emulator.interfere("acme", { status: "RUNNING" });
  emulator.clearRequests();
  const healed = await stack.up();
  expect(healed.ok, healed.output).toBe(true);
  expect(emulator.mutations()).toEqual([]);
  await expectSettled(stack, emulator);
});
