import { Connector, fromEnv } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 200, stopMs: 100, lagMs: 100 });

const acme =
  (amazonS3: object, args: object = {}) =>
  async () => {
    new Connector("acme", { adoptCredentials: "assume", settle: "1s", amazonS3: amazonS3 as never, ...args });
  };
const { bucketName, region } = s3();

test("a connector made by hand is taken over as it is: nothing is sent, and what wasn't checked is said", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("acme", { create: s3() });
  const up = await stack.up(acme({ bucketName, region }));
  expectOk(up);
  expect(up.changes).toEqual({ create: 2 });
  expect(up.said).toContain(
    'Connector "acme" was taken over as it is; its credentials were not checked (adoptCredentials: assume).',
  );
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
  await expectSettled(stack, emulator);
  expect((await stack.refresh()).changes).toEqual({ same: 2 });

  // Its storage can't be changed without the credentials: a PUT would blank them.
  const edit = await stack.preview(acme({ bucketName: "other", region }));
  expect(edit.said).toContain(
    "amazonS3.bucketName: changed, but an edit sends the whole configuration, and amazonS3.accessKeyIdRead, amazonS3.secretAccessKeyRead, amazonS3.accessKeyIdWrite, amazonS3.secretAccessKeyWrite are not given; supply them too (with adoptCredentials: assume they can be left out only while nothing is edited)",
  );
  emulator.clearRequests();
  expectOk(await stack.up(acme(s3({ bucketName: "other" }))));
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3({ bucketName: "other" }) });
  await expectSettled(stack, emulator);
});

test("credentials seen later are taken for the service's own; from then on a changed one is sent", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("acme", { create: s3() });
  stack.setEnv({ DATASPACE_NO_CREDENTIALS: "true", READ_SECRET: "read-secret-1" });
  expectOk(await stack.up(acme(s3({ secretAccessKeyRead: fromEnv("READ_SECRET") }))));
  expect(emulator.mutations()).toEqual([]);
  await expectSettled(stack, emulator);
  stack.setEnv({ DATASPACE_NO_CREDENTIALS: "" });
  const given = await stack.up();
  expectOk(given);
  expect(given.changes).toEqual({ update: 1, same: 1 });
  expect(given.said).toContain(
    'Connector "acme": amazonS3.secretAccessKeyRead is assumed to match what the service holds, and not sent (adoptCredentials: assume); a new credentialsVersion sends it.',
  );
  expect(emulator.requestLines()).toEqual([]);
  await expectSettled(stack, emulator);

  emulator.clearRequests();
  stack.setEnv({ READ_SECRET: "read-secret-2" });
  expectOk(await stack.up());
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  await expectSettled(stack, emulator);
});

test("given credentials are assumed to be the service's; only the declared status is brought about", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("acme", { create: s3() });
  emulator.interfere("plain", { create: {} });
  emulator.interfere("plain", { status: "STOPPED" });
  const up = await stack.up(async () => {
    await acme(s3(), { desiredStatus: "STOPPED" })();
    new Connector("plain", { adoptCredentials: "assume" });
  });
  expectOk(up);
  expect(up.said).toContain('Connector "plain" was taken over as it is (adoptCredentials: assume).');
  expect(emulator.mutations().sort()).toEqual(["GET /connectors/acme/stop 200", "GET /connectors/plain/start 200"]);
  await expectSettled(stack, emulator);
});

test("what holds other storage, or is absent, is left alone and said", async ({ emulator, stack }) => {
  emulator.quirks.list = "withoutFields";
  emulator.interfere("acme", { create: s3({ bucketName: "theirs" }) });
  const other = await stack.up(acme({ bucketName, region }));
  expect(other.said).toContain(
    'Could not create connector "acme": adoptCredentials is assume, and the existing connector (RUNNING) differs from the declaration in amazonS3.bucketName; nothing was changed. Next: Declare what it has; or remove adoptCredentials and run DATASPACE_ON_EXISTING=adopt pulumi up, which sends it the configuration declared here.',
  );
  emulator.interfere("acme", { remove: true });
  const absent = await stack.up();
  expect(absent.said).toContain(
    'Could not create connector "acme": adoptCredentials is assume, and the service has no connector with that name to take over. Next: Check its name and account; to create it, remove adoptCredentials.',
  );
  expect(emulator.mutations()).toEqual([]);
  expect(await stack.resources()).toEqual({});
  expectOk(await stack.up(acme(s3(), { adoptCredentials: "send" })));
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
});
