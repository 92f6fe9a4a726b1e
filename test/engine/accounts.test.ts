import * as pulumi from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 200, stopMs: 100 });

const acme =
  (args: object = {}) =>
  async () =>
    void new Connector("acme", { settle: "1s", amazonS3: s3(), ...args });

test("a STOPPED connector with the same storage is taken over by an edit, and a warning says so", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("acme", { create: s3({ secretAccessKeyRead: "older" }) });
  emulator.interfere("acme", { status: "STOPPED" });
  const up = await stack.up(acme());
  expect(up.ok, up.output).toBe(true);
  expect(up.output).toContain(
    'Connector "acme" already existed; it was taken over, and its configuration was replaced by the one declared here.',
  );
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200", "GET /connectors/acme/start 200"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
  await expectSettled(stack, emulator);
});

test("a RUNNING one, or one with other storage, is not touched; DATASPACE_ON_EXISTING=adopt takes it over", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("acme", { create: s3({ bucketName: "theirs" }) });
  const refused = await stack.up(acme());
  expect(refused.output).toMatch(
    /Could not create connector "acme": a connector with that name already exists \(RUNNING\); it was not changed\.\s+Next: If it is yours, run DATASPACE_ON_EXISTING=adopt pulumi up, which takes it over with the configuration declared here; otherwise choose another name\./,
  );
  emulator.interfere("acme", { status: "STOPPED" });
  expect((await stack.up()).output).toContain("already exists (STOPPED), with different storage; it was not changed.");
  expect(emulator.mutations()).toEqual([]);
  expect(await stack.resources()).toEqual({});

  stack.setEnv({ DATASPACE_ON_EXISTING: "adopt" });
  const up = await stack.up();
  expect(up.ok, up.output).toBe(true);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
  await expectSettled(stack, emulator);
});

test('onExisting: "error" takes over nothing, "adopt" anything', async ({ emulator, stack }) => {
  emulator.interfere("acme", { create: s3() });
  emulator.interfere("acme", { status: "STOPPED" });
  expect((await stack.up(acme({ onExisting: "error" }))).output).toContain(
    "already exists (STOPPED); it was not changed.",
  );
  emulator.interfere("acme", { status: "RUNNING" });
  const up = await stack.up(acme({ onExisting: "adopt" }));
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  await expectSettled(stack, emulator);
});

test("import is answered by a sentence with the way out, which works", async ({ emulator, stack }) => {
  emulator.interfere("acme", { create: s3() });
  const refused = await stack.up(async () => void new Connector("acme", { amazonS3: s3() }, { import: "acme" }));
  expect(refused.said).toContain(
    'Could not import connector "acme": Pulumi can\'t import dynamic resources. Next: Take the import option out and set onExisting: "adopt", which takes over the existing connector with the configuration declared here.',
  );
  expect(emulator.requestLines()).toEqual([]);
  expectOk(await stack.up(acme({ onExisting: "adopt" })));
});

test("two accounts in one program, each with its own endpoint and token", async ({ emulator, stack }) => {
  const second = await Emulator.start({ startMs: 100 });
  try {
    stack.setEnv({ DATASPACE_B_ENDPOINT: second.endpoint, DATASPACE_B_TOKEN: second.token });
    const up = await stack.up(async () => {
      new Connector("here", { name: "acme", amazonS3: s3() });
      new Connector("there", { name: "acme", account: "b", amazonS3: s3({ bucketName: "b" }) });
    });
    expect(up.ok, up.output).toBe(true);
    expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
    expect(second.mutations()).toEqual(["POST /connectors/acme 201"]);
    expect(second.connector("acme")?.payload).toEqual(s3({ bucketName: "b" }));
    await expectSettled(stack, emulator);
    expectOk(await stack.destroy());
    expect(second.connector("acme")?.status).toBe("STOPPED");
  } finally {
    await second.close();
  }
});

test("a move to another account brings the new connector up before the old one is stopped", async ({
  emulator,
  stack,
}) => {
  const second = await Emulator.start({ startMs: 100 });
  try {
    stack.setEnv({ DATASPACE_B_ENDPOINT: second.endpoint, DATASPACE_B_TOKEN: second.token });
    expectOk(await stack.up(acme()));
    emulator.clearRequests();
    second.fault({ call: "create", do: { status: 422, body: '{"detail":"quota"}' } });
    const refused = await stack.up(acme({ account: "b" }));
    expect(refused.ok).toBe(false);
    expect([emulator.mutations(), emulator.connector("acme")?.status]).toEqual([[], "RUNNING"]);
    second.clearFaults();
    expectOk(await stack.up());
    expect(second.connector("acme")?.status).toBe("RUNNING");
    expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
  } finally {
    await second.close();
  }
});

test("settings may stand in the stack's config; the environment wins", async ({ emulator, stack }) => {
  stack.setEnv({ DATASPACE_TOKEN: "", DATASPACE_ENDPOINT: "" });
  await stack.setConfig({
    "dataspace:endpoint": { value: emulator.endpoint },
    "dataspace:token": { value: emulator.token, secret: true },
  });
  const up = await stack.up(acme());
  expect(up.ok, up.output).toBe(true);
  expect(await stack.rawState()).not.toContain(emulator.token);
  stack.setEnv({ DATASPACE_TOKEN: "another-token-than-that" });
  expect((await stack.refresh()).output).toContain("the service refuses the token (401)");
});

test("an endpoint in the environment binds the token, of a second account as well: config can't name another", async ({
  emulator,
  stack,
}) => {
  const elsewhere = await Emulator.start({ token: emulator.token });
  try {
    await stack.setConfig({ "dataspace:endpoint": { value: elsewhere.endpoint } });
    const [theirs, ours] = [elsewhere, emulator].map(({ endpoint }) => new URL(endpoint).origin);
    const why = `names ${theirs}, but DATASPACE_ENDPOINT is ${ours}, and the token is sent nowhere else.`;
    for (const verb of [() => stack.preview(acme()), () => stack.up(acme())])
      expect((await verb()).said).toContain(
        `Could not use the service: the stack's config (dataspace:endpoint) ${why}`,
      );
    stack.setEnv({ DATASPACE_B_ENDPOINT: emulator.endpoint, DATASPACE_B_TOKEN: emulator.token });
    await stack.setConfig({
      "dataspace:endpoint": { value: emulator.endpoint },
      "dataspace-b:endpoint": { value: elsewhere.endpoint },
    });
    expect((await stack.up(acme({ account: "b" }))).said).toContain(
      `Could not use account "b": the stack's config (dataspace-b:endpoint) ${why.replace("DATASPACE_", "DATASPACE_B_")}`,
    );
    expect([...elsewhere.requestLines(), ...emulator.requestLines()]).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

test("a preview shows what isn't known yet as such, for one credential and for a whole block, and asks nobody", async ({
  emulator,
  stack,
}) => {
  const unknown = (text: object | string) =>
    pulumi.output(text).apply((known) => (pulumi.runtime.isDryRun() ? (pulumi.unknown as never) : known));
  const oneField = async () =>
    void new Connector("acme", {
      settle: "1s",
      amazonS3: { ...s3(), secretAccessKeyRead: unknown("read-secret-9") as never },
    });
  const wholeBlock = async () => void new Connector("acme", { settle: "1s", amazonS3: unknown(s3()) as never });

  for (const program of [oneField, wholeBlock]) {
    const preview = await stack.preview(program);
    expect(preview.ok, preview.output).toBe(true);
    expect(preview.changes).toEqual({ create: 2 });
  }
  expect(emulator.requestLines()).toEqual([]);
  await stack.up(acme());
  emulator.clearRequests();
  for (const program of [oneField, wholeBlock]) {
    const preview = await stack.preview(program);
    expect(preview.ok, preview.output).toBe(true);
    expect(preview.changes).toEqual({ update: 1, same: 1 });
  }
  expect(emulator.requestLines()).toEqual([]);
  const up = await stack.up(oneField);
  expect(up.ok, up.output).toBe(true);
  expect(emulator.connector("acme")?.payload).toEqual(s3({ secretAccessKeyRead: "read-secret-9" }));
  await expectSettled(stack, emulator);
});

test("blocks and credentials may be Outputs, and are secrets to the engine whatever they are given as", async ({
  emulator,
  stack,
}) => {
  const up = await stack.up(async () => {
    const connector = new Connector(
      "acme",
      { amazonS3: pulumi.output(Promise.resolve(s3())), timeouts: { update: "5m" } },
      {
        customTimeouts: { create: "7m", update: "9m" },
      },
    );
    return { name: connector.name, status: connector.status, endpoint: connector.endpoint };
  });
  expect(up.ok, up.output).toBe(true);
  expect((await stack.resources())["acme"]?.inputs["timeouts"]).toEqual({ create: "7m", update: "5m" });
  const outputs = await stack.stack.outputs();
  expect(outputs["status"]).toEqual({ value: "RUNNING", secret: false });
  expect(outputs["endpoint"]?.value).toBe(emulator.endpoint);
  await expectSettled(stack, emulator);
});
