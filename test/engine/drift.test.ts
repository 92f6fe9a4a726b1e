import type * as pulumi from "@pulumi/pulumi";
import { Connector, getConnector, getConnectors } from "pulumi-dataspace";
import { expect } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 200, stopMs: 100, lagMs: 300 });

const acme =
  (args: object = {}, opts: pulumi.CustomResourceOptions = {}) =>
  async () => {
    new Connector("acme", { settle: "1s", amazonS3: s3(), ...args }, opts);
  };

test("refresh names what was changed behind Pulumi's back, and the next up heals it", async ({ emulator, stack }) => {
  await stack.up(acme());
  emulator.interfere("acme", { status: "STOPPED", payload: s3({ bucketName: "outside" }) });
  emulator.clearRequests();
  const refresh = await stack.refresh();
  expect(refresh.ok, refresh.output).toBe(true);
  expect(refresh.changes).toMatchObject({ update: 1 });
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  expect((await stack.resources())["acme"]?.inputs).toMatchObject({
    desiredStatus: "STOPPED",
    amazonS3: { bucketName: "outside" },
  });

  const up = await stack.up();
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200", "GET /connectors/acme/start 200"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
  await expectSettled(stack, emulator);
});

test("refresh without drift changes nothing, however the service echoes credentials", async ({ emulator, stack }) => {
  await stack.up(acme());
  for (const echoSecrets of ["absent", "masked", "clear"] as const) {
    emulator.quirks.echoSecrets = echoSecrets;
    const refresh = await stack.refresh();
    expect(refresh.changes, echoSecrets).toEqual({ same: 2 });
  }
  await expectSettled(stack, emulator);
});

test("a connector removed behind Pulumi's back is noticed by refresh and created again", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("other", { create: s3() });
  await stack.up(acme());
  emulator.interfere("acme", { remove: true });
  const up = await stack.up(undefined, { refresh: true });
  expect(up.ok, up.output).toBe(true);
  expect(emulator.connector("acme")?.status).toBe("RUNNING");
  await expectSettled(stack, emulator);
});

test.for(["otherAccount", "lost"] as const)(
  "a token with rights: %s drops nothing from state",
  async (rights, { emulator, stack }) => {
    await stack.up(acme());
    const kept = async () => {
      const { inputs, outputs } = (await stack.resources())["acme"] ?? {};
      return { inputs, outputs };
    };
    const before = await kept();
    emulator.quirks.rights = rights;
    emulator.clearRequests();
    for (const run of [() => stack.refresh(), () => stack.up(undefined, { refresh: true }), () => stack.destroy()]) {
      const ended = await run();
      expect(ended.ok, ended.output).toBe(false);
      expect(ended.said).toContain(
        rights === "lost"
          ? "the service refuses the token (403)"
          : `the account at ${emulator.endpoint} shows no connectors at all, although this one was known. Next: Check that DATASPACE_TOKEN is of the right account and may see its connectors; if they really are all gone, run the command once with DATASPACE_ACCEPT_EMPTY_ACCOUNT=true.`,
      );
    }
    expect(await kept()).toEqual(before);
    expect(emulator.mutations()).toEqual([]);
    emulator.quirks.rights = "all";
    await expectSettled(stack, emulator);
  },
);

test("the last connector is taken for gone when the run says that an empty account is right", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme());
  emulator.interfere("acme", { remove: true });
  expect((await stack.refresh()).ok).toBe(false);
  stack.setEnv({ DATASPACE_ACCEPT_EMPTY_ACCOUNT: "true" });
  const up = await stack.up(undefined, { refresh: true });
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201", "POST /connectors/acme 201"]);
});

test("a connector that failed is recovered by way of STOPPED", async ({ emulator, stack }) => {
  await stack.up(acme());
  emulator.interfere("acme", { status: "FAILED" });
  emulator.clearRequests();
  const up = await stack.up(undefined, { refresh: true });
  expect(up.ok, up.output).toBe(true);
  expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/acme/start 200"]);
  await expectSettled(stack, emulator);
});

test("a refused token or a broken service never drops state", async ({ emulator, stack }) => {
  await stack.up(acme());
  for (const status of [401, 403, 500, 404]) {
    emulator.fault({ do: { status, body: "<html><title>Down for maintenance</title></html>" }, times: 50 });
    const refresh = await stack.refresh();
    expect(refresh.ok, String(status)).toBe(false);
    expect(refresh.output, String(status)).toContain('Could not read connector "acme"');
    emulator.clearFaults();
  }
  expect(Object.keys(await stack.resources())).toEqual(["acme"]);
  await expectSettled(stack, emulator);
});

test("state remembers the service: another endpoint is refused before it is asked", async ({ emulator, stack }) => {
  await stack.up(acme());
  const other = await Emulator.start({ token: emulator.token });
  stack.setEnv({ DATASPACE_ENDPOINT: other.endpoint });
  const refresh = await stack.refresh();
  expect(refresh.output).toContain(
    `Could not read connector "acme": state says that it is at ${emulator.endpoint}, but DATASPACE_ENDPOINT is ${other.endpoint}.`,
  );
  expect(other.requestLines()).toEqual([]);
  await other.close();
});

test("protect and ignoreChanges are the engine's, and hold", async ({ emulator, stack }) => {
  await stack.up(acme({}, { protect: true }));
  expect((await stack.destroy()).ok).toBe(false);
  expect(emulator.connector("acme")?.status).toBe("RUNNING");

  emulator.clearRequests();
  const ignoring = { protect: true, ignoreChanges: ["amazonS3.region"] };
  const up = await stack.up(acme({ amazonS3: s3({ region: "eu-west-1" }) }, ignoring));
  expect(up.changes).toEqual({ same: 2 });
  expect(emulator.requestLines()).toEqual([]);
});

test("ignored credentials are left as they are, and an edit that would blank them is refused", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme());
  const ignoring = { ignoreChanges: ["amazonS3.secretAccessKeyRead"] };
  emulator.clearRequests();
  expect((await stack.up(acme({ amazonS3: s3({ secretAccessKeyRead: "read-secret-2" }) }, ignoring))).changes).toEqual({
    same: 2,
  });
  const up = await stack.up(acme({ amazonS3: s3({ region: "eu-west-1" }) }, ignoring));
  expect(up.output).toContain(
    "amazonS3.region: changed, but an edit sends the whole configuration, and amazonS3.secretAccessKeyRead is not given; supply it too (ignoreChanges withholds credentials)",
  );
  expect(emulator.requestLines()).toEqual([]);
});

test("every property that the preview shows can be ignored, alone and all at once, also where the connector is replaced", async ({
  emulator,
  stack,
}) => {
  await stack.up(acme());
  emulator.clearRequests();
  const other = s3({ secretAccessKeyRead: "read-secret-2" });
  const paths = ["credentialFingerprints", "salt", "__provider", "*"];
  for (const ignoreChanges of [paths.slice(0, 1), paths.slice(0, 3), paths.slice(3)]) {
    const up = await stack.up(acme({ amazonS3: other }, { ignoreChanges }));
    expect(up.changes, up.output).toEqual({ same: 2 });
  }
  expect(emulator.requestLines()).toEqual([]);
  // The program gives no fingerprints, and the engine ignores nothing inside of what only one side has (observed).
  const one = ["credentialFingerprints.secretAccessKeyRead"];
  expect((await stack.up(acme({ amazonS3: other }, { ignoreChanges: one }))).output).toContain(
    `cannot ignore changes in added or removed elements of the path: "${one[0]}"`,
  );
  const replaced = await stack.up(
    acme({ name: "acme-2", amazonS3: other }, { ignoreChanges: ["credentialFingerprints"] }),
  );
  expect(replaced.ok, replaced.output).toBe(true);
  expect(emulator.connector("acme-2")?.payload).toEqual(other);
});

test("Connector.get reads an existing connector and never changes it; an absent one is an error", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("theirs", { create: s3() });
  const up = await stack.up(async () => {
    const theirs = Connector.get("theirs", "theirs");
    return { status: theirs.status, bpn: theirs.bpn };
  });
  expect(up.ok, up.output).toBe(true);
  const outputs = await stack.stack.outputs();
  expect(outputs["status"]?.value).toBe("RUNNING");
  expect(outputs["bpn"]?.value).toMatch(/^BPNL\w{12}$/);
  expect(emulator.mutations()).toEqual([]);

  const missing = await stack.up(async () => void Connector.get("nobody", "nobody"));
  expect(missing.output).toContain('Could not read connector "nobody": the service has no connector with that name.');
});

test("getConnector and getConnectors read what is there", async ({ emulator }) => {
  emulator.interfere("theirs", { create: s3() });
  emulator.interfere("plain", { create: {} });
  emulator.interfere("plain", { status: "STOPPED" });
  const { DATASPACE_ENDPOINT, DATASPACE_TOKEN } = process.env;
  process.env["DATASPACE_ENDPOINT"] = emulator.endpoint;
  process.env["DATASPACE_TOKEN"] = emulator.token;
  try {
    expect(await getConnector("theirs")).toMatchObject({ name: "theirs", status: "RUNNING", storageType: "AmazonS3" });
    expect((await getConnectors()).map(({ name }) => name)).toEqual(["plain", "theirs"]);
    expect((await getConnectors({ status: "stopped" })).map(({ name }) => name)).toEqual(["plain"]);
    expect((await getConnectors({ storageType: "amazons3" })).map(({ name }) => name)).toEqual(["theirs"]);
    expect((await getConnectors({ name: /^th/ })).map(({ name }) => name)).toEqual(["theirs"]);
    await expect(getConnector("nobody")).rejects.toMatchObject({ code: "NOT_FOUND" });
  } finally {
    Object.assign(process.env, { DATASPACE_ENDPOINT, DATASPACE_TOKEN });
  }
});
