import { Connector, fromEnv } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 300, stopMs: 100, lagMs: 200 });

test.beforeEach(async ({ stack }) => {
  stack.setEnv({ DATASPACE_ON_FAILED_EDIT: "rollback" });
});

const key = (generation: number) => `CANARY-read-secret-${generation}`;

test("a rotation that fails is rolled back, the next run makes it again; a refused one changes nothing", async ({
  emulator,
  stack,
}) => {
  const secretAccessKeyRead = fromEnv("KEY", { previous: fromEnv("OLD_KEY") });
  stack.setEnv({ KEY: key(1), OLD_KEY: key(0) });
  const up = await stack.up(
    async () => void new Connector("acme", { settle: "1s", amazonS3: s3({ secretAccessKeyRead }) }),
  );
  expectOk(up);
  const first = (await stack.resources())["acme"];

  stack.setEnv({ KEY: key(2), OLD_KEY: key(1) });
  emulator.clearRequests();
  emulator.fault({ call: "edit", do: { status: 422, echo: true } });
  const refused = await stack.up();
  expect(refused.said).toContain(
    'Could not update connector "acme": the service answered 422; the edit had no effect, and it is RUNNING with the previous configuration. Why: body: invalid Next: Correct amazonS3.secretAccessKeyRead, then run the same command again: the change is still pending.',
  );
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 422"]);
  expect((await stack.resources())["acme"]).toMatchObject({ inputs: first?.inputs, outputs: first?.outputs });

  emulator.clearRequests();
  emulator.fault({ call: "edit", do: "failAtStart" });
  const failed = await stack.up();
  expect(failed.said).toMatch(
    /Could not update connector "acme": it is FAILED after \d+m?s; it was rolled back to the previous configuration, and is RUNNING again after \d+m?s\. Next: Correct amazonS3\.secretAccessKeyRead, then run the same command again: the change is still pending\./,
  );
  expect(failed.said).toContain('Connector "acme" failed on the edit; sending the previous configuration again.');
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200", "PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")).toMatchObject({
    status: "RUNNING",
    payload: s3({ secretAccessKeyRead: key(1) }),
  });
  const back = (await stack.resources())["acme"];
  expect(back?.outputs).toEqual(first?.outputs);

  emulator.clearRequests();
  expectOk(await stack.up());
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")?.payload).toMatchObject({ secretAccessKeyRead: key(2) });
  await expectSettled(stack, emulator);
  for (const text of [
    await stack.rawState(),
    await stack.exported(),
    failed.output,
    refused.output,
    JSON.stringify(failed.events),
  ])
    expect(text).not.toContain("CANARY");
});
