import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { generate, manifestProgram, readManifest } from "pulumi-dataspace/pipeline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { runCli } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { TestStack } from "../support/engine.js";
import { Folder } from "../support/folder.js";
import { expectOk, expectSettled } from "../support/settled.js";

let emulator: Emulator;
let folder: Folder;

beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 100, stopMs: 100 });
  folder = await Folder.create();
});
afterEach(async () => {
  await folder.remove();
  await emulator.close();
});

const cli = (...args: string[]) =>
  runCli(["generate", ...args], {
    cwd: folder.path,
    env: { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token },
  });

/** Thirty connectors that people have made by hand. */
function populate(): void {
  const names = ["constructor", "1x", "1e5", "true", "null", "a-b", "a--b", "default", "class", "0"];
  for (let index = 0; index < 30; index++) {
    const name = names[index] ?? `made-by-hand-${index}`;
    const storage = s3({ bucketName: `bucket: "${index}"` });
    emulator.interfere(name, { create: index % 3 === 0 ? {} : storage });
    if (index % 4 === 1) emulator.interfere(name, { status: "STOPPED" });
  }
}

const programs: Record<"ts" | "yaml", (file: string) => Promise<PulumiFn>> = {
  yaml: async (file) => manifestProgram(await readManifest(file)),
  ts: async (file) => {
    // Beside the generated program as beside a user's: what it imports is found from there.
    await symlink(new URL("../../node_modules", import.meta.url).pathname, join(folder.path, "node_modules"));
    let runs = 0;
    return async () => void (await import(`${pathToFileURL(file).href}?run=${++runs}`));
  },
};

describe.each(["ts", "yaml"] as const)("thirty connectors made by hand, as %s", (format) => {
  test("the first up of what is generated changes nothing at the service, the second nothing at all", async () => {
    populate();
    const before = emulator.names().map((name) => emulator.connector(name));
    expect(await cli("--out", `connectors.${format}`)).toEqual({
      code: 0,
      stdout: `✓ connectors.${format}: 30 connectors\n`,
      stderr: `Listing the connectors of ${new URL(emulator.endpoint).origin}\n`,
    });
    expect(emulator.mutations()).toEqual([]);

    const program = await programs[format](join(folder.path, `connectors.${format}`));
    const stack = await TestStack.create(emulator, program);
    try {
      const up = await stack.up();
      expectOk(up);
      expect(up.changes).toEqual({ create: 31 });
      expect(emulator.mutations()).toEqual([]);
      expect(emulator.names().map((name) => emulator.connector(name))).toEqual(before);
      expect(Object.keys(await stack.resources()).sort()).toEqual(emulator.names().sort());
      await expectSettled(stack, emulator);
      expect((await stack.refresh()).changes).toEqual({ same: 31 });
      expect(emulator.mutations()).toEqual([]);
    } finally {
      await stack.remove();
    }
  });
});

test("moving from a program to a manifest with the same names, and back, changes nothing", async () => {
  emulator.interfere("acme-edc", { create: s3({ bucketName: "acme" }) });
  const { Connector, fromEnv } = await import("pulumi-dataspace");
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
    const destroyed = await stack.destroy();
    expect(destroyed.said).toContain("acme");
    expect(destroyed.ok).toBe(false);
    expect(await stack.rawState()).not.toContain(secretAccessKeyRead);
  } finally {
    await stack.remove();
  }
});

describe("the command", () => {
  test("writes to stdout; leaves out what is ignored; one list, and one look where a list tells too little", async () => {
    emulator.interfere("acme", { create: s3() });
    emulator.interfere("plain", { create: {} });
    emulator.interfere("test-1", { create: {} });
    emulator.interfere("test-2", { create: s3() });
    const { code, stdout } = await cli("--ignore", "test-*", "--ignore", "x");
    expect(code).toBe(0);
    expect(stdout.match(/new Connector\("[^"]+"/g)).toEqual(['new Connector("acme"', 'new Connector("plain"']);
    expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors/plain 200"]);

    const { stdout: json } = await cli("--ignore", "test-*", "--format", "yaml", "--project", "mine", "--json");
    expect(JSON.parse(json)).toMatchObject({
      command: "generate",
      exitCode: 0,
      connectors: [
        {
          key: "acme",
          name: "acme",
          status: "RUNNING",
          desiredStatus: "RUNNING",
          storage: { block: "amazonS3", fields: { bucketName: "acme", region: "eu-central-1" } },
        },
        { key: "plain" },
      ],
      managed: 0,
      ignored: 2,
      text: expect.stringContaining("project: mine\n"),
    });
  });

  test("says what it could not find out; a service that lists without fields is looked at one by one", async () => {
    emulator.quirks.list = "withoutFields";
    emulator.interfere("acme", { create: s3() });
    emulator.interfere("broken", { create: s3() });
    emulator.interfere("broken", { status: "FAILED" });
    emulator.interfere("other", { create: { storageType: "GoogleCloud" } });
    expect(await cli("--out", "connectors.yaml")).toMatchObject({
      code: 0,
      stdout: `Left out: other, whose storage (GoogleCloud) is of no kind that this version knows.
broken: FAILED when this was written: up brings it to RUNNING.
✓ connectors.yaml: 2 connectors
`,
    });
    const { connectors } = await readManifest(join(folder.path, "connectors.yaml"));
    expect(connectors.map(({ args }) => args.amazonS3)).toEqual([
      { bucketName: "acme", region: "eu-central-1" },
      { bucketName: "acme", region: "eu-central-1" },
    ]);
  });

  test("overwrites nothing, unless it is told to", async () => {
    const file = await folder.write("connectors.yaml", "mine");
    emulator.interfere("acme", { create: {} });
    expect(await cli("--out", "connectors.yaml", "--quiet")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "Could not write connectors.yaml: it is there already, and was not touched.\nNext: Name another file with --out, or add --force, which overwrites it.\n",
    });
    expect(await cli("--out", "connectors.yaml", "--force")).toMatchObject({
      code: 0,
      stdout: "✓ connectors.yaml: 1 connector\n",
    });
    expect((await readManifest(file)).connectors.map(({ key }) => key)).toEqual(["acme"]);
    expect(await cli("--out", "nowhere/x.ts", "--quiet")).toEqual({
      code: 1,
      stdout: "",
      stderr: "Could not write nowhere/x.ts (ENOENT).\nNext: Name another file with --out.\n",
    });
  });

  test("another account, by its own settings; without any, one sentence says what is missing", async () => {
    emulator.interfere("acme", { create: {} });
    const env = { DATASPACE_B_ENDPOINT: emulator.endpoint, DATASPACE_B_TOKEN: emulator.token };
    const { stdout } = await runCli(["generate", "--account", "b"], { env });
    expect(stdout).toContain(
      'const adopted = { onExisting: "adopt", adoptCredentials: "assume", account: "b" } as const;',
    );
    expect(await runCli(["generate", "--format", "yaml"])).toEqual({
      code: 1,
      stdout: "",
      stderr: `Could not use the service: DATASPACE_ENDPOINT is missing; DATASPACE_TOKEN is missing.
Next: Set DATASPACE_ENDPOINT and DATASPACE_TOKEN in the environment (or dataspace:endpoint and, with --secret, dataspace:token in the stack's config).
`,
    });
  });

  test("what is managed already is left out, and keys in use are given to no other", async () => {
    for (const name of ["ours", "acme", "beta"]) emulator.interfere(name, { create: {} });
    const { text, managed } = await generate({
      format: "ts",
      managed: new Set(["ours"]),
      takenKeys: new Set(["acme"]),
      environment: { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token },
    });
    expect(managed).toBe(1);
    expect(text.match(/new Connector\("[^"]+"/g)).toEqual(['new Connector("acme-2"', 'new Connector("beta"']);
  });
});
