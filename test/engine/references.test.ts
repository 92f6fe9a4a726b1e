import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Connector, fromCommand, fromEnv, fromFile } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import type { Folder } from "../support/folder.js";
import { expectOk, expectSettled } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 400, lagMs: 200 });

const keys = (generation: number) => {
  const {
    bucketName: _,
    region: __,
    ...credentials
  } = s3({ secretAccessKeyRead: `CANARY-${generation}-from-the-vault` });
  return credentials;
};

const write = ({ path }: Folder, generation: number) =>
  writeFile(join(path, "acme.json"), JSON.stringify({ data: keys(generation) }), { mode: 0o600 });

/** A vault's client: prints a file, and notes that it was run. */
const vault = ({ path }: Folder, name: string) =>
  fromCommand(["sh", "-c", 'echo run >> "$0/runs"; cat "$0/$1.json"', path, name], { key: "data" });

test("a rotated value behind an unchanged reference shows in the preview by field, and is pushed once", async ({
  emulator,
  stack,
  folder,
}) => {
  await write(folder, 1);
  const up = await stack.up(async () => {
    new Connector("acme", {
      settle: "500ms",
      amazonS3: { bucketName: "acme", region: "eu-central-1", credentials: vault(folder, "{name}") },
    });
  });
  expect(up.ok, up.output).toBe(true);
  expect(emulator.connector("acme")?.payload).toEqual({ bucketName: "acme", region: "eu-central-1", ...keys(1) });
  await expectSettled(stack, emulator);

  await write(folder, 2);
  const preview = await stack.preview();
  expect(preview.output).toMatch(/~ secretAccessKeyRead *: "[\w-]{6}" => "[\w-]{6}"/);
  expect(preview.output).not.toMatch(/~ secretAccessKeyWrite/);
  emulator.clearRequests();
  await writeFile(join(folder.path, "runs"), "");
  expectOk(await stack.up());
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")?.payload).toMatchObject(keys(2));
  expect((await readFile(join(folder.path, "runs"), "utf8")).trim().split("\n")).toEqual(["run"]);

  await expectSettled(stack, emulator);
  for (const text of [await stack.rawState(), await stack.exported(), JSON.stringify(up.events), up.output]) {
    expect(text).not.toContain("CANARY");
  }
});

test("what can't be had is said by field and source, before any request; deleting needs no credential", async ({
  emulator,
  stack,
  folder,
}) => {
  stack.setEnv({ ACME_READ: "the-read-secret" });
  const file = join(folder.path, "key");
  await writeFile(file, "a-key\n", { mode: 0o600 });
  const program = async () => {
    new Connector("acme", {
      amazonS3: s3({ secretAccessKeyRead: fromEnv("ACME_READ"), secretAccessKeyWrite: fromFile(file) }),
    });
  };
  const up = await stack.up(program);
  expect(up.ok, up.output).toBe(true);
  expect(emulator.connector("acme")?.payload).toMatchObject({
    secretAccessKeyRead: "the-read-secret",
    secretAccessKeyWrite: "a-key",
  });
  emulator.clearRequests();
  stack.setEnv({ ACME_READ: "" });
  await rm(file);
  // The Automation API's up skips the preview.
  for (const missing of [await stack.preview(), await stack.up()]) {
    expect(missing.said).toContain(
      "amazonS3.secretAccessKeyRead: the environment variable ACME_READ is not set; set it",
    );
    expect(missing.said).toContain(
      `amazonS3.secretAccessKeyWrite: the file ${file} can't be read (ENOENT); check its path and permissions`,
    );
    expect(missing.said).not.toContain("unexpected unknown");
  }
  expect(emulator.requestLines()).toEqual([]);
  expectOk(await stack.refresh());
  expectOk(await stack.destroy());
});

test("with DATASPACE_NO_CREDENTIALS no reference is followed: a preview works, and nothing that needs one is sent", async ({
  emulator,
  stack,
  folder,
}) => {
  stack.setEnv({ DATASPACE_NO_CREDENTIALS: "true" });
  const program = (bucketName: string) => async () => {
    new Connector("acme", { settle: "500ms", amazonS3: { bucketName, credentials: vault(folder, "{name}") } });
  };
  const created = await stack.preview(program("acme"));
  expectOk(created);
  expect(created.changes).toEqual({ create: 2 });
  const refused = await stack.up();
  expect(refused.said).toContain(
    'Could not create connector "acme": the whole configuration must be sent, and amazonS3.accessKeyIdRead, amazonS3.secretAccessKeyRead, amazonS3.accessKeyIdWrite, amazonS3.secretAccessKeyWrite were not read (DATASPACE_NO_CREDENTIALS). Next: Run the same command without DATASPACE_NO_CREDENTIALS, where the credentials are available.',
  );
  expect(emulator.requestLines()).toEqual([]);

  await write(folder, 1);
  stack.setEnv({ DATASPACE_NO_CREDENTIALS: "" });
  expectOk(await stack.up());
  await rm(join(folder.path, "acme.json"));
  await rm(join(folder.path, "runs"));
  stack.setEnv({ DATASPACE_NO_CREDENTIALS: "1" });
  await expectSettled(stack, emulator);
  const edited = await stack.preview(program("other"));
  expectOk(edited);
  expect(edited.output).toMatch(/~ bucketName *: "acme" => "other"/);
  expect(edited.output).not.toMatch(/[~+-] credentialFingerprints/);
  const unsent = await stack.up();
  expect(unsent.said).toContain(
    'Could not update connector "acme": the whole configuration must be sent, and amazonS3.accessKeyIdRead,',
  );
  expect(emulator.requestLines()).toEqual([]);
  await expect(readFile(join(folder.path, "runs"))).rejects.toThrow("ENOENT");
});

test("what stands beside the credentials in a vault's entry is no secret: messages name the connector", async ({
  emulator,
  stack,
  folder,
}) => {
  const entry = { ...keys(1), bucketName: "acme-bucket", region: "eu-central-1", name: "acme-edc-prod" };
  await writeFile(join(folder.path, "acme.json"), JSON.stringify({ data: entry }), { mode: 0o600 });
  const detail = "acme-bucket in eu-central-1 refuses CANARY-1-from-the-vault";
  emulator.fault({ call: "create", times: 99, do: { status: 400, body: JSON.stringify({ detail }) } });
  const up = await stack.up(async () => {
    const { bucketName, region } = entry;
    new Connector("acme-edc-prod", { amazonS3: { bucketName, region, credentials: vault(folder, "acme") } });
  });
  expect(up.said).toContain('Could not create connector "acme-edc-prod"');
  expect(up.said).toContain("acme-bucket in eu-central-1 refuses [secret]");
});

test("with -v9 a reference shows nowhere, not even in the engine's own lines", async ({ stack, folder }) => {
  await write(folder, 1);
  const up = await stack.up(
    async () => void new Connector("acme", { amazonS3: { bucketName: "acme", credentials: vault(folder, "acme") } }),
    { logVerbosity: 9, logToStdErr: true },
  );
  expect(up.ok, up.output.slice(-2_000)).toBe(true);
  expect(up.output.split("\n").filter((line) => line.includes("CANARY"))).toEqual([]);
});
