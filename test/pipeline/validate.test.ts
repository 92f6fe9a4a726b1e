import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { test as base } from "../support/fixtures.js";

const test = base.extend(
  "validate",
  ({ folder }) =>
    (...args: string[]) =>
      runCli(["validate", ...args], { cwd: folder.path }),
);

const good = `version: 1
project: acme-dataspace
endpoint: https://dataspace.example/backend
shards: 2
policy: policy.yaml
defaults:
  protect: true
  amazonS3:
    credentials: { fromCommand: [touch, resolved], key: data }
connectors:
  acme: { amazonS3: { bucketName: acme } }
  globex: { desiredStatus: STOPPED, amazonS3: { bucketName: globex } }
  plain: { amazonS3: null, protect: false }
`;

test("a good manifest: one line with counts; the usual names are found", async ({ folder, validate }) => {
  await folder.write("policy.yaml", "version: 1\n");
  await folder.write("connectors.yml", good);
  expect(await validate()).toEqual({
    code: 0,
    stdout: "✓ connectors.yml: 3 connectors of acme-dataspace, 1 STOPPED, 2 protected, 2 shards, with a policy\n",
    stderr: "",
  });
  await folder.write("other.json", '{ "version": 1, "project": "p", "connectors": { "a": {} } }');
  expect(await validate("--manifest", "other.json")).toEqual({
    code: 0,
    stdout: "✓ other.json: 1 connector of p\n",
    stderr: "",
  });
  const json = await validate("--manifest", "other.json", "--json");
  expect(JSON.parse(json.stdout)).toEqual({
    command: "validate",
    exitCode: 0,
    manifest: "other.json",
    project: "p",
    shards: 1,
    connectors: 1,
    stopped: 0,
    protected: 0,
    problems: [],
    warnings: [],
  });
});

test("every problem of every connector, with file, line and column; exit 1", async ({ folder, validate }) => {
  await folder.write("connectors.yaml", good.replace("bucketName: acme", "region: 5").replace("STOPPED", "OFF"));
  const lines = [
    "connectors.yaml:5:1: policy: names a file that can't be read (ENOENT); paths are relative to the manifest",
    "connectors.yaml:11:11: connectors.acme.amazonS3.bucketName: missing; give a value",
    "connectors.yaml:11:23: connectors.acme.amazonS3.region: must be a string",
    "connectors.yaml:12:13: connectors.globex.desiredStatus: must be one of RUNNING, STOPPED",
  ];
  expect(await validate()).toEqual({
    code: 1,
    stdout: `${lines.join("\n")}\n✗ connectors.yaml: 4 problems\n`,
    stderr: "",
  });
  const json = await validate("--json");
  expect(json).toMatchObject({ code: 1, stderr: "" });
  expect(JSON.parse(json.stdout)).toEqual({
    command: "validate",
    exitCode: 1,
    manifest: "connectors.yaml",
    problems: [
      { line: 5, column: 1, path: "policy", text: lines[0] },
      { line: 11, column: 11, path: "connectors.acme.amazonS3.bucketName", text: lines[1] },
      { line: 11, column: 23, path: "connectors.acme.amazonS3.region", text: lines[2] },
      { line: 12, column: 13, path: "connectors.globex.desiredStatus", text: lines[3] },
    ],
  });
});

test("the policy that it names is checked with it", async ({ folder, validate }) => {
  await folder.write("connectors.yaml", good.replace("STOPPED", "OFF"));
  await folder.write("policy.yaml", "version: 1\nlimits: { restart: 5 }\n");
  expect(await validate()).toEqual({
    code: 1,
    stdout: `connectors.yaml:12:13: connectors.globex.desiredStatus: must be one of RUNNING, STOPPED
policy.yaml:2:11: limits.restart: unknown property; did you mean restarts?
✗ connectors.yaml: 2 problems
`,
    stderr: "",
  });
});

test("a file that isn't there is one sentence on stderr", async ({ folder, validate }) => {
  expect(await validate()).toEqual({
    code: 1,
    stdout: "",
    stderr: `Could not find a manifest: ${folder.path} contains none of connectors.yaml, connectors.yml, connectors.json.\nNext: Name one with --manifest FILE, or run the command in its folder.\n`,
  });
  expect(await validate("--manifest", "none.yaml")).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "Could not use the manifest none.yaml: the file can't be read (ENOENT).\nNext: Check the path (--manifest FILE) and the file's permissions.\n",
  });
});

test("wholly offline: no socket is opened, no name looked up, no command run", async ({ folder }) => {
  await folder.write("policy.yaml", "version: 1\n");
  await folder.write("connectors.yaml", good);
  const guard = await folder.write(
    "offline.mjs",
    `import { ChildProcess } from "node:child_process";
     import dns from "node:dns";
     import { Socket } from "node:net";
     const forbidden = () => { console.error("went out"); process.exit(99); };
     Socket.prototype.connect = forbidden;
     ChildProcess.prototype.spawn = forbidden;
     dns.lookup = forbidden;`,
  );
  const env = {
    NODE_OPTIONS: `--import=${guard}`,
    DATASPACE_ENDPOINT: "https://dataspace.example",
    DATASPACE_TOKEN: "t",
  };
  expect(await runCli(["validate"], { cwd: folder.path, env })).toMatchObject({ code: 0, stderr: "" });
});

test("schema prints the schema that the package ships", async () => {
  const shipped = readFileSync(new URL("../../connectors.schema.json", import.meta.url), "utf8");
  expect(await runCli(["schema"])).toEqual({ code: 0, stdout: shipped, stderr: "" });
  expect(JSON.parse((await runCli(["schema", "--json"])).stdout)).toEqual(JSON.parse(shipped));
});
