import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import type { Resource, TestStack } from "../support/engine.js";
import { test } from "../support/fixtures.js";
import { expectOk, expectSettled } from "../support/settled.js";

interface Checkpoint {
  readonly checkpoint?: { readonly latest: { readonly manifest: { time: string }; readonly resources: Stored[] } };
}
type Stored = Resource & {
  readonly sourcePosition?: string;
  readonly stackTrace?: readonly { readonly sourcePosition?: string }[];
};

/** The connectors in the newest checkpoint, as they lie on the disk. */
async function stored(stack: TestStack): Promise<Stored[]> {
  const checkpoints = (await stack.rawState()).split("\n").flatMap((line) => {
    const { checkpoint } = line.startsWith('{"version":3,') ? (JSON.parse(line) as Checkpoint) : {};
    return checkpoint ? [checkpoint.latest] : [];
  });
  const newest = checkpoints.toSorted((a, b) => a.manifest.time.localeCompare(b.manifest.time)).at(-1);
  return (newest?.resources ?? []).filter(({ type }) => type.endsWith("dataspace:Connector"));
}

/** Compact bytes, less where the program lies: that is as long as the machine's paths are. */
function bytesOf(resource: Stored): number {
  const own = { ...resource, sourcePosition: undefined, stackTrace: undefined };
  return Buffer.byteLength(JSON.stringify(own));
}

test("a connector with six fields takes at most 1,550 bytes of state, without a needless field or empty value", async ({
  emulator,
  stack,
}) => {
  expectOk(await stack.up(async () => void new Connector("acme", { amazonS3: s3() })));
  const [acme] = await stored(stack);
  // The path of the emulator's base URL is remembered, too; a service at the root of its host has none.
  expect(bytesOf(acme as Stored)).toBeLessThanOrEqual(1_550 + "/backend".length);
  expect(Object.keys(acme?.inputs ?? {})).toEqual([
    "__provider",
    "amazonS3",
    "credentialFingerprints",
    "desiredStatus",
    "name",
    "salt",
  ]);
  // What differs from the inputs, what the service said, and what a dynamic provider is told of in no other way.
  expect(acme?.outputs).toEqual({
    __provider: acme?.inputs["__provider"],
    amazonS3: { bucketName: "acme", region: "eu-central-1" },
    bpn: expect.stringMatching(/^BPNL/) as string,
    desiredStatus: "RUNNING",
    endpoint: emulator.endpoint,
    fingerprints: expect.stringMatching(/^[\w-]{24}$/) as string,
    name: "acme",
    resource: "test::connectors::::",
    salt: expect.objectContaining({ ciphertext: expect.any(String) as string }) as unknown,
    status: "RUNNING",
    storageType: "AmazonS3",
  });
  expect(JSON.stringify([acme?.inputs, acme?.outputs])).not.toMatch(/:(""|null|\{\}|\[\])/);
  await expectSettled(stack, emulator);
});

test("where a connector is declared, state holds the stack of calls that Pulumi's SDK notes: six frames here, none of them ours", async ({
  stack,
}) => {
  const declare = () => new Connector("acme");
  expectOk(await stack.up(async () => void declare()));
  const [acme] = await stored(stack);
  const frames = (acme?.stackTrace ?? []).map(({ sourcePosition }) => sourcePosition);
  expect(frames[0]).toMatch(/^project:\/\/\/[^:]*test\/engine\/state-size\.test\.ts#\d+,25$/);
  expect(acme?.sourcePosition).toBe(frames[0]);
  expect(frames.filter((frame) => frame?.includes("dist/sdk/"))).toEqual([]);
  expect(frames.length).toBeLessThanOrEqual(6);
});

test("what an edit and a refresh write is as small", async ({ emulator, stack }) => {
  expectOk(await stack.up(async () => void new Connector("acme", { settle: "200ms", amazonS3: s3() })));
  const edited = { settle: "200ms", amazonS3: s3({ region: "eu-west-1", secretAccessKeyRead: "read-secret-2" }) };
  expectOk(await stack.up(async () => void new Connector("acme", edited)));
  const [acme] = await stored(stack);
  const more = 2 * '"settle":"200ms",'.length + "/backend".length;
  expect(bytesOf(acme as Stored)).toBeLessThanOrEqual(1_550 + more);
  expectOk(await stack.refresh());
  const [refreshed] = await stored(stack);
  expect(refreshed?.outputs).toEqual({ ...acme?.outputs, salt: refreshed?.outputs["salt"] });
  expect(bytesOf(refreshed as Stored)).toBeLessThanOrEqual(bytesOf(acme as Stored));
  await expectSettled(stack, emulator);
});
