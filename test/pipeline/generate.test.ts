import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readManifest } from "pulumi-dataspace/pipeline";
import { beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../emulator/index.js";
import { runCli } from "../support/cli.js";
import { s3 } from "../support/connectors.js";
import { TestStack } from "../support/engine.js";
import { pipelineFolder } from "../support/pipeline.js";
import { expectOk, expectSettled } from "../support/settled.js";

const pipeline = pipelineFolder();
let emulator: Emulator;
beforeEach(() => void ({ emulator } = pipeline));

const cli = (...args: string[]) => pipeline.cli("generate", ...args);

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

/** Everything but which statuses were looked at: looks change nothing. */
const connectors = () => emulator.names().map((name) => ({ ...emulator.connector(name), shown: undefined }));

describe("thirty connectors made by hand", () => {
  test("a program: the first up changes nothing at the service, the second nothing at all", async () => {
    populate();
    const before = connectors();
    expect(await cli("--out", "index.ts")).toEqual({
      code: 0,
      stdout: "✓ index.ts: 30 connectors\n",
      stderr: `Listing the connectors of ${emulator.endpoint} …\n`,
    });
    expect(emulator.mutations()).toEqual([]);

    // Beside the generated program as beside a user's: what it imports is found from there.
    await symlink(new URL("../../node_modules", import.meta.url).pathname, join(pipeline.folder, "node_modules"));
    let runs = 0;
    const stack = await TestStack.create(
      emulator,
      async () => void (await import(`${pathToFileURL(join(pipeline.folder, "index.ts")).href}?run=${++runs}`)),
    );
    try {
      const up = await stack.up();
      expectOk(up);
      expect(up.changes).toEqual({ create: 31 });
      expect(emulator.mutations()).toEqual([]);
      expect(connectors()).toEqual(before);
      expect(Object.keys(await stack.resources()).toSorted()).toEqual(emulator.names().toSorted());
      await expectSettled(stack, emulator);
      expect((await stack.refresh()).changes).toEqual({ same: 31 });
      expect(emulator.mutations()).toEqual([]);
    } finally {
      await stack.remove();
    }
  });

  test("a manifest: validate, up and drift take it; then nothing is left to take over", async () => {
    populate();
    const before = connectors();
    expect(await cli("--out", "connectors.yaml", "--project", "made-by-hand")).toMatchObject({
      code: 0,
      stdout: "✓ connectors.yaml: 30 connectors\n",
    });
    expect(await pipeline.cli("validate")).toMatchObject({
      code: 0,
      stdout: "✓ connectors.yaml: 30 connectors of made-by-hand, 8 STOPPED\n",
    });
    const up = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    expect([up.code, up.stderr]).toEqual([0, ""]);
    expect(emulator.mutations()).toEqual([]);
    expect(connectors()).toEqual(before);
    expect(await pipeline.cli("drift", "--stack", "prod", "--quiet")).toEqual({
      code: 0,
      stdout: "No drift: the service matches state.\n",
      stderr: "",
    });
    const again = await pipeline.cli("preview", "--stack", "prod", "--quiet", "--detailed-exitcode");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(emulator.mutations()).toEqual([]);

    emulator.interfere("left", { create: {} });
    const rest = await cli("--stack", "prod", "--out", "rest.yaml", "--quiet");
    expect(rest).toEqual({ code: 0, stdout: "✓ rest.yaml: 1 connector, 30 managed already\n", stderr: "" });
  });
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
      stdout: `Left out: other, whose storage (GoogleCloud) is of a kind this version does not support.
broken: FAILED when this was written: up brings it to RUNNING.
✓ connectors.yaml: 2 connectors
`,
    });
    const { connectors } = await readManifest(join(pipeline.folder, "connectors.yaml"));
    expect(connectors.map(({ args }) => args.amazonS3)).toEqual([
      { bucketName: "acme", region: "eu-central-1" },
      { bucketName: "acme", region: "eu-central-1" },
    ]);
  });

  test("overwrites nothing, unless it is told to", async () => {
    const file = await pipeline.write("connectors.yaml", "mine");
    emulator.interfere("acme", { create: {} });
    expect(await cli("--out", "connectors.yaml", "--quiet")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "Could not write connectors.yaml: it already exists.\nNext: Name another file with --out, or add --force to overwrite it.\n",
    });
    expect(await cli("--out", "connectors.yaml", "--force")).toMatchObject({
      code: 0,
      stdout: "✓ connectors.yaml: 1 connector\n",
    });
    expect((await readManifest(file)).connectors.map(({ key }) => key)).toEqual(["acme"]);
    // Missing folders are made, as they are for reports.
    expect(await cli("--out", "new/x.ts", "--quiet")).toMatchObject({ code: 0, stdout: "✓ new/x.ts: 1 connector\n" });
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

  test("what any stack of the backend manages is left out, with its owner's name; only there, and only by base URL", async () => {
    await pipeline.declare({ acme: { name: "ours" } });
    await pipeline.declare({ team: { name: "theirs" } }, { project: "other" }, join(pipeline.folder, "team.json"));
    expect(await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).toMatchObject({ code: 0 });
    const other = ["up", "--stack", "prod", "--manifest", "team.json", "--yes", "--quiet"];
    expect(await pipeline.cli(...other)).toMatchObject({ code: 0 });
    emulator.interfere("stranger", { create: {} });
    const { code, stdout } = await cli("--quiet");
    expect(code).toBe(0);
    expect(stdout.match(/new Connector\("[^"]+"/g)).toEqual(['new Connector("stranger"']);
    expect(stdout).toContain("// Left out: ours, which stack organization/fleet/prod manages.\n");
    expect(stdout).toContain("// Left out: theirs, which stack organization/other/prod manages.\n");
    expect(stdout).toContain("// No stack in this backend manages these connectors, but one in another backend may.");
    pipeline.env = { PULUMI_BACKEND_URL: "file:///nonexistent/folder" };
    expect((await cli("--quiet")).stdout).toContain(
      "// Another stack may manage these connectors: the stacks of the backend could not be read.",
    );
  });

  test("keys that a stack has in use are given to no other", async () => {
    await pipeline.declare({ acme: { name: "ours" } });
    expect(await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet")).toMatchObject({ code: 0 });
    for (const name of ["acme", "beta"]) emulator.interfere(name, { create: {} });
    const { code, stdout } = await cli("--stack", "prod", "--project", "fleet");
    expect(code).toBe(0);
    expect(stdout.match(/new Connector\("[^"]+"/g)).toEqual(['new Connector("acme-2"', 'new Connector("beta"']);
    expect(await cli("--stack", "none", "--quiet")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'There is no stack "none" in this backend.\nNext: Check --stack and PULUMI_BACKEND_URL; pulumi stack ls --all lists what there is.\n',
    });
  });
});
