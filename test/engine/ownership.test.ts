import { ComponentResource } from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";
import { describe, expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 200, stopMs: 100, lagMs: 100 });

const acme = (args: object) => async () => {
  new Connector("acme", { settle: "1s", ...args });
};

describe("a STOPPED connector of the same name is taken over unasked only where the service says that it is the same", () => {
  test("without an echo of its storage it is left alone, and the sentence says what takes it over", async ({
    emulator,
    stack,
  }) => {
    emulator.quirks.echoStorage = "absent";
    emulator.interfere("acme", { create: s3() });
    emulator.interfere("acme", { status: "STOPPED" });
    for (const args of [{}, { amazonS3: s3() }]) {
      emulator.clearRequests();
      const refused = await stack.up(acme(args));
      expect(refused.said).toContain(
        'Could not create connector "acme": a connector with that name already exists (STOPPED), and the service does not show that its storage is the one declared here; only onExisting: adopt takes it over without that proof; it was not changed. ' +
          "Next: If it is yours, run DATASPACE_ON_EXISTING=adopt pulumi up, which takes it over with the configuration declared here; otherwise choose another name.",
      );
      expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/acme 200"]);
    }
    expect(emulator.connector("acme")).toMatchObject({ status: "STOPPED", payload: s3() });
    expect(await stack.resources()).toEqual({});
  });

  test("the same bucket at another endpoint, in a list that doesn't tell it, is another's", async ({
    emulator,
    stack,
  }) => {
    emulator.quirks.list = "withoutFields";
    const theirs = s3({ endpointOverride: "https://minio.example" });
    emulator.interfere("acme", { create: theirs });
    emulator.interfere("acme", { status: "STOPPED" });
    const refused = await stack.up(acme({ amazonS3: s3() }));
    expect(refused.said).toContain(
      'Could not create connector "acme": a connector with that name already exists (STOPPED), with different storage; it was not changed.',
    );
    expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/acme 200"]);
    expect(emulator.connector("acme")).toMatchObject({ status: "STOPPED", payload: theirs });
  });

  test("the same in every field is taken over after one read, though the list tells nothing", async ({
    emulator,
    stack,
  }) => {
    emulator.quirks.list = "withoutFields";
    emulator.interfere("acme", { create: s3() });
    emulator.interfere("acme", { status: "STOPPED" });
    const up = await stack.up(acme({ amazonS3: s3() }));
    expectOk(up);
    expect(up.said).toContain('Connector "acme" already existed; it was taken over');
    expect(emulator.requestLines().slice(0, 3)).toEqual([
      "GET /connectors 200",
      "GET /connectors/acme 200",
      "PUT /connectors/acme 200",
    ]);
    await expectSettled(stack, emulator);
  });
});

describe("a create that nothing shows to have made anything", () => {
  const theirs = s3({ secretAccessKeyRead: "theirs" });
  const lost = { call: "create", do: { status: 500, body: '{"detail":"boom"}' }, times: 9 } as const;
  const taken =
    'Could not create connector "acme": a connector with that name already exists (RUNNING); it was not changed.';

  test("owns nothing: what a colleague then makes is neither edited, stopped nor deleted", async ({
    emulator,
    stack,
  }) => {
    const program = acme({ amazonS3: s3(), onExisting: "error", onDelete: "delete" });
    emulator.fault(lost);
    const failed = await stack.up(program);
    expect(failed.said).toContain(
      "Next: Run pulumi up again: it looks for the connector first, and creates it only if it is absent. If the connector is there by then and is yours, DATASPACE_ON_EXISTING=adopt pulumi up takes it over.",
    );
    expect(Object.keys(await stack.resources())).toEqual(["acme"]);

    emulator.clearFaults();
    emulator.interfere("acme", { create: theirs });
    emulator.interfere("acme", { status: "RUNNING" });
    emulator.clearRequests();
    expect((await stack.up()).said).toContain(taken);
    expectOk(await stack.refresh());
    expect((await stack.up()).said).toContain(taken);
    const destroyed = await stack.destroy();
    expectOk(destroyed);
    expect(destroyed.said).toContain(
      'Connector "acme" was requested, but never seen, so nothing was changed at the service. If the service has a connector with that name, it stays as it is, even if it is yours.',
    );
    expect(emulator.mutations()).toEqual([]);
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: theirs });
    expect(await stack.resources()).toEqual({});
  });

  test("is taken over as told by onExisting, with the configuration sent and the adoption said", async ({
    emulator,
    stack,
  }) => {
    emulator.fault(lost);
    await stack.up(acme({ amazonS3: s3() }));
    emulator.clearFaults();
    emulator.interfere("acme", { create: theirs });
    emulator.interfere("acme", { status: "RUNNING" });
    emulator.clearRequests();
    stack.setEnv({ DATASPACE_ON_EXISTING: "adopt" });
    const up = await stack.up();
    expectOk(up);
    expect(up.said).toContain('Connector "acme" already existed; it was taken over');
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
    stack.setEnv({ DATASPACE_ON_EXISTING: "" });
    await expectSettled(stack, emulator);
    emulator.clearRequests();
    expectOk(await stack.destroy());
    expect(emulator.mutations()).toEqual(["GET /connectors/acme/stop 200"]);
  });

  test("creates it, where the name is still free", async ({ emulator, stack }) => {
    emulator.fault(lost);
    await stack.up(acme({ amazonS3: s3() }));
    emulator.clearFaults();
    emulator.clearRequests();
    expectOk(await stack.up());
    expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
    await expectSettled(stack, emulator);
  });
});

describe("one that was taken over as it is goes on, whatever its resource is called", () => {
  const place = { bucketName: "acme", region: "eu-central-1" };
  const args = { name: "acme", adoptCredentials: "assume", amazonS3: place as never, settle: "1s" } as const;
  const moved = async () => {
    const fleet = new ComponentResource("shop:index:Fleet", "fleet");
    new Connector("acme", { ...args, onDelete: "delete" }, { parent: fleet });
  };
  const renamed = async () => {
    new Connector("shop", { ...args, onDelete: "delete" });
  };

  test.for([
    ["renamed without an alias", renamed],
    ["moved into a component", moved],
    ["replaced by force", undefined],
  ] as const)("%s: nothing is sent, and the old entry is only forgotten", async ([, program], { emulator, stack }) => {
    emulator.interfere("acme", { create: s3() });
    emulator.interfere("acme", { status: "RUNNING" });
    expectOk(await stack.up(acme({ ...args, onDelete: "delete" })));
    const all = Object.values(await stack.resources()).map(({ urn }) => urn);
    emulator.clearRequests();
    expectOk(await stack.up(program, program ? {} : { replace: all }));
    expect(emulator.mutations()).toEqual([]);
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
    expect(Object.keys(await stack.resources())).toHaveLength(1);
    await expectSettled(stack, emulator);
  });

  test("where the new entry can't take it over, the old one isn't deleted, and the sentence names aliases", async ({
    emulator,
    stack,
  }) => {
    expectOk(await stack.up(acme({ amazonS3: s3() })));
    emulator.clearRequests();
    const refused = await stack.up(
      async () => {
        new Connector("shop", { name: "acme", amazonS3: s3() });
      },
      { continueOnError: true },
    );
    expect(refused.ok).toBe(false);
    expect(refused.said).toMatch(
      /Could not delete connector "acme": urn:\S+::shop of the program declares it, too, and has not taken it over; nothing was changed\. Next: If the resource was renamed or moved, add its old name or parent to the aliases option of the new one; otherwise give that one another connector name\./,
    );
    expect(emulator.mutations()).toEqual([]);
    expect(Object.keys(await stack.resources())).toEqual(["acme"]);
  });
});

test("a derived name stays when the resource is renamed with an alias", async ({ emulator, stack }) => {
  expectOk(await stack.up(acme({ amazonS3: s3() })));
  emulator.clearRequests();
  const renamed = await stack.up(async () => {
    new Connector("The shop's connector", { settle: "1s", amazonS3: s3() }, { aliases: [{ name: "acme" }] });
  });
  expectOk(renamed);
  expect(renamed.changes).toEqual({ same: 2 });
  expect(emulator.requestLines()).toEqual([]);
  await expectSettled(stack, emulator);
});
