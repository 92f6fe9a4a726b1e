import { Connector } from "pulumi-dataspace";
import { describe, expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 300, stopMs: 100, lagMs: 300 });

const acme =
  (args: object = {}, fields: object = {}) =>
  async () => {
    new Connector("acme", { settle: "1s", amazonS3: s3(fields), ...args });
  };

test("up creates a connector and waits until it is RUNNING; destroy stops it and says what stays behind", async ({
  emulator,
  stack,
}) => {
  const up = await stack.up(acme());
  expect(up.ok, up.output).toBe(true);
  expect(up.output).toMatch(/creating \(\ds\) STARTING \d/);
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
  await expectSettled(stack, emulator);

  emulator.clearRequests();
  const destroy = await stack.destroy();
  expect(destroy.ok, destroy.output).toBe(true);
  expect(destroy.output).toContain(
    'Connector "acme" is STOPPED, not deleted, still holding its credentials (onDelete: scrub removes them).',
  );
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
  expect(emulator.connector("acme")?.status).toBe("STOPPED");
});

test("a connector without storage is sent {}, and one declared STOPPED ends STOPPED", async ({ emulator, stack }) => {
  const up = await stack.up(async () => {
    new Connector("plain");
    new Connector("at-rest", { desiredStatus: "STOPPED", amazonS3: s3() });
  });
  expect(up.ok, up.output).toBe(true);
  expect(emulator.connector("plain")).toMatchObject({ status: "RUNNING", payload: {} });
  expect(emulator.connector("at-rest")).toMatchObject({ status: "STOPPED", starts: 1, stops: 1 });
  await expectSettled(stack, emulator);
});

test("a rotated key is named in the preview without its value, pushed once, and its restart awaited", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme());
  emulator.clearRequests();
  const preview = await stack.preview(acme({}, { secretAccessKeyWrite: "write-secret-2" }));
  expect(preview.output).toMatch(/~ secretAccessKeyWrite: "[\w-]{6}" => "[\w-]{6}"/);
  expect(preview.output).not.toContain("write-secret");
  expect(emulator.requestLines()).toEqual([]);

  const up = await stack.up();
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")).toMatchObject({
    status: "RUNNING",
    restarts: 1,
    payload: s3({ secretAccessKeyWrite: "write-secret-2" }),
  });
  await expectSettled(stack, emulator);
});

describe("a service that shows the old RUNNING for long", () => {
  test.override("emulatorOptions", { startMs: 500, lagMs: 8_000, holdUntilSeen: ["RUNNING", "STARTING"] });

  test("the old RUNNING after an edit is not taken for the new one", async ({ emulator, stack }) => {
    const slow = (region: string) => async () => void new Connector("acme", { amazonS3: s3({ region }) });
    await stack.up(slow("eu-central-1"));
    const up = await stack.up(slow("eu-west-1"));
    expect(up.ok, up.output).toBe(true);
    expect(up.output).toMatch(/RUNNING \ds, waiting for the restart/);
    // The run has seen the whole restart: the last RUNNING is the new one.
    expect(emulator.connector("acme")?.shown).toEqual(["STARTING", "RUNNING", "STARTING", "RUNNING"]);
    expect(emulator.connector("acme")).toMatchObject({ restarts: 1, status: "RUNNING" });
  });
});

test("desiredStatus alone is one power call", async ({ emulator, stack }) => {
  await stack.up(acme());
  emulator.clearRequests();
  expect((await stack.up(acme({ desiredStatus: "STOPPED" }))).changes).toEqual({ update: 1, same: 1 });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
  await expectSettled(stack, emulator);
  await stack.up(acme());
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/start 200"]);
  await expectSettled(stack, emulator);
});

test("a changed onDelete asks the service nothing, and is obeyed by the next destroy", async ({ emulator, stack }) => {
  await stack.up(acme());
  emulator.clearRequests();
  expect((await stack.up(acme({ onDelete: "delete" }))).changes).toEqual({ update: 1, same: 1 });
  expect(emulator.requestLines()).toEqual([]);
  await expectSettled(stack, emulator);
  await stack.destroy();
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200", "DELETE /connectors/acme 200"]);
  expect(emulator.names()).toEqual([]);
});

test("onDelete: scrub takes the credentials from the service first, retain touches nothing", async ({
  emulator,
  stack,
}) => {
  await stack.up(async () => {
    new Connector("clean", { amazonS3: s3(), onDelete: "scrub", settle: "1s" });
    new Connector("kept", { amazonS3: s3(), onDelete: "retain" });
  });
  emulator.clearRequests();
  const destroy = await stack.destroy();
  expect(destroy.ok, destroy.output).toBe(true);
  expect(destroy.output).toContain(
    'Connector "clean" is STOPPED, not deleted; its credentials were removed from the service.',
  );
  expect(destroy.output).toContain('Connector "kept" was left as it is at the service (onDelete: retain).');
  expect(emulator.mutations()).toEqual(["PUT /connectors/clean 200", "GET /connectors/clean/stop 200"]);
  expect(emulator.connector("clean")).toMatchObject({ status: "STOPPED", payload: {} });
  expect(emulator.connector("kept")).toMatchObject({ status: "RUNNING", payload: s3() });
});

test("another name replaces the connector: the new one is RUNNING before the old one stops", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme({ name: "acme-old" }));
  emulator.clearRequests();
  const up = await stack.up(acme({ name: "acme-new" }));
  expect(up.ok, up.output).toBe(true);
  expect(up.changes).toEqual({ replace: 1, same: 1 });
  expect(emulator.mutations()).toEqual(["POST /connectors/acme-new 201", "GET /connectors/acme-old/stop 200"]);
  await expectSettled(stack, emulator);
});

test("a forced replacement by itself is refused, and with the sentence's way out pushes once and leaves it RUNNING", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme());
  const replace = Object.values(await stack.resources()).map((resource) => resource.urn);
  emulator.clearRequests();
  const refused = await stack.up(undefined, { replace });
  expect(refused.output).toContain(
    'Could not create connector "acme": a connector with that name already exists (RUNNING); it was not changed.',
  );
  expect(emulator.mutations()).toEqual([]);

  stack.setEnv({ DATASPACE_ON_EXISTING: "adopt" });
  const up = await stack.up(undefined, { replace });
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", restarts: 1 });
  await expectSettled(stack, emulator);
});
