import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { Connector, fromEnv } from "pulumi-dataspace";
import { manifestProgram, readManifest } from "pulumi-dataspace/pipeline";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { TestStack } from "../support/engine.js";
import { test } from "../support/fixtures.js";
import { expectOk } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 100, stopMs: 100 });

test("moving from a program to a manifest with the same names, and back, changes nothing", async ({
  emulator,
  folder,
}) => {
  emulator.interfere("acme-edc", { create: s3({ bucketName: "acme" }) });
  const byHand: PulumiFn = async () => {
    new Connector(
      "acme",
      {
        name: "acme-edc",
        onExisting: "adopt",
        amazonS3: { bucketName: "acme", region: "eu-central-1", credentials: fromEnv("KEYS_{name}") },
      },
      { protect: true },
    );
    new Connector("plain");
    new Connector("clear", { amazonS3: s3() });
  };
  const { accessKeyIdRead, secretAccessKeyRead, accessKeyIdWrite, secretAccessKeyWrite } = s3();
  const file = await folder.write(
    "connectors.yaml",
    `version: 1
project: connectors
allowPlaintextSecrets: true
defaults:
  protect: true
  onExisting: adopt
  amazonS3: { region: eu-central-1, credentials: { fromEnv: "KEYS_{name}" } }
connectors:
  acme: { name: acme-edc, amazonS3: { bucketName: acme } }
  plain: { amazonS3: null, protect: null, onExisting: null }
  clear:
    protect: false
    onExisting: null
    amazonS3:
      bucketName: acme
      accessKeyIdRead: ${accessKeyIdRead}
      secretAccessKeyRead: ${secretAccessKeyRead}
      accessKeyIdWrite: ${accessKeyIdWrite}
      secretAccessKeyWrite: ${secretAccessKeyWrite}
      credentials: null
`,
  );
  const env = {
    KEYS_ACME_EDC: JSON.stringify({ accessKeyIdRead, secretAccessKeyRead, accessKeyIdWrite, secretAccessKeyWrite }),
  };
  const stack = await TestStack.create(emulator, byHand, env);
  try {
    expectOk(await stack.up());
    emulator.clearRequests();
    const manifest = await readManifest(file);
    expect(manifest.connectors.map(({ literalCredentials }) => literalCredentials.length)).toEqual([0, 0, 4]);
    const moved = await stack.up(manifestProgram(manifest));
    expectOk(moved);
    expect(moved.changes).toEqual({ same: 4 });
    expect((await stack.up(byHand)).changes).toEqual({ same: 4 });
    expect(emulator.requestLines()).toEqual([]);
    // What protects it came with it.
    expect((await stack.destroy()).said).toContain('::acme" cannot be deleted because it is protected');
    expect(await stack.rawState()).not.toContain(secretAccessKeyRead);
  } finally {
    await stack.remove();
  }
});
