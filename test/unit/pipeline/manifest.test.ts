import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readManifest } from "../../../pipeline/index.js";
import { head, ManifestFile } from "../../support/manifest-file.js";

let manifest: ManifestFile;
beforeAll(async () => {
  manifest = await ManifestFile.create();
});
afterAll(() => manifest.remove());

async function argsOf(text: string): Promise<Record<string, unknown>> {
  const { connectors } = await manifest.read(head + text);
  return Object.fromEntries(connectors.map(({ key, args }) => [key, args]));
}

describe("what a manifest says", () => {
  test("all of it, as a program would say it", async () => {
    await manifest.write("policy.yaml", "version: 1\n");
    const path = await manifest.write(
      "connectors.yaml",
      `# yaml-language-server: $schema=./node_modules/pulumi-dataspace/connectors.schema.json
version: 1
project: acme-dataspace
endpoint: https://dataspace.example/backend
shards: 3
policy: ./policy.yaml
defaults:
  desiredStatus: RUNNING
  onDelete: stop
  protect: true
  timeouts: { create: 15m, delete: 10m }
  amazonS3:
    region: eu-central-1
    credentials: { fromCommand: [vault, "kv/edc/{name}"], key: data.data, timeout: 10s }
connectors:
  acme: { name: acme-edc, amazonS3: { bucketName: acme } }
  globex:
    desiredStatus: STOPPED
    timeouts: { create: 1h }
    amazonS3: { bucketName: globex, secretAccessKeyWrite: { fromFile: gx, previous: { fromFile: /run/gx.old } } }
  plain: { amazonS3: null, timeouts: null, protect: false }
`,
    );
    const read = await readManifest(path);
    expect(read).toMatchObject({
      path,
      project: "acme-dataspace",
      endpoint: "https://dataspace.example/backend",
      shards: 3,
      policy: join(manifest.folder, "policy.yaml"),
      warnings: [],
    });
    const vault = `dataspace-credential:{"source":{"command":["vault","kv/edc/{name}"],"timeout":"10s"},"key":"data.data"}`;
    const gx = `dataspace-credential:{"source":{"file":"${manifest.folder}/gx"},"previous":{"source":{"file":"/run/gx.old"}}}`;
    const shared = { onDelete: "stop", timeouts: { create: "15m", delete: "10m" } };
    expect(read.connectors).toEqual([
      {
        key: "acme",
        protect: true,
        literalCredentials: [],
        args: {
          name: "acme-edc",
          desiredStatus: "RUNNING",
          ...shared,
          amazonS3: { bucketName: "acme", region: "eu-central-1", credentials: vault },
        },
      },
      {
        key: "globex",
        protect: true,
        literalCredentials: [],
        args: {
          ...shared,
          desiredStatus: "STOPPED",
          timeouts: { create: "1h", delete: "10m" },
          amazonS3: { bucketName: "globex", region: "eu-central-1", credentials: vault, secretAccessKeyWrite: gx },
        },
      },
      { key: "plain", protect: false, literalCredentials: [], args: { desiredStatus: "RUNNING", onDelete: "stop" } },
    ]);
  });

  test("the same in JSON", async () => {
    const json = { version: 1, project: "p", connectors: { acme: null, b: { name: "c" } } };
    expect(await manifest.read(JSON.stringify(json, undefined, "\t"), "connectors.json")).toMatchObject({
      shards: 1,
      connectors: [
        { key: "acme", args: {} },
        { key: "b", args: { name: "c" } },
      ],
    });
  });

  test("keys are texts as they are written, and no name is special", async () => {
    const text = "connectors: { 007: , true: , 1x: , constructor: , toString: { name: s }, a.b_c: { name: d } }";
    expect(Object.keys(await argsOf(text))).toEqual(["007", "true", "1x", "constructor", "toString", "a.b_c"]);
  });

  test("nothing is interpolated", async () => {
    process.env["MANIFEST_BUCKET"] = "wrong";
    expect(
      await argsOf("connectors: { a: { amazonS3: { bucketName: $MANIFEST_BUCKET, credentials: { fromEnv: X } } } }"),
    ).toMatchObject({ a: { amazonS3: { bucketName: "$MANIFEST_BUCKET" } } });
    expect(await manifest.problemsOf(`${head}endpoint: "$ENV"\nconnectors: {}`)).toEqual([
      "3:1: endpoint: is not an http or https URL",
    ]);
  });

  test("no connectors at all must be said as such", async () => {
    expect(await argsOf("connectors: {}")).toEqual({});
    expect(await manifest.problemsOf(`${head}connectors:`)).toEqual([
      "3:1: connectors: is empty; give a value, or remove the line",
    ]);
    expect(await manifest.problemsOf(head)).toEqual(["1:1: connectors: missing; give a value"]);
    expect(await manifest.problemsOf(`${head}connectors: [acme]`)).toEqual([
      "3:1: connectors: must be a mapping from key to connector ({} for none)",
    ]);
  });

  test("what is right and must be known all the same is a warning", async () => {
    const { warnings } = await manifest.read(
      `${head}endpoint: http://elsewhere.example
connectors:
  a: { azureStorage: { containerName: c, blobstoreEndpointTemplate: "https://%s.x.example", credentials: { fromEnv: X } } }
`,
    );
    const path = join(manifest.folder, "connectors.yaml");
    expect(warnings).toEqual([
      `${path}:3:1: endpoint: is plain http to another machine, which exposes the token to the network; it is refused unless DATASPACE_ALLOW_INSECURE is true`,
      `${path}:5:3: connectors.a: azureStorage: the service documents Azure storage as not usable at present, due to a bug in the connector; amazonS3 works`,
    ]);
  });
});

describe("defaults", () => {
  test("a connector wins field by field, null removes, references are whole", async () => {
    const args = await argsOf(`
defaults: { settle: 5s, amazonS3: { region: a, credentials: { fromEnv: ALL, key: k } }, azureStorage: { containerName: c, blobstoreEndpointTemplate: "https://%s.example", credentials: { fromEnv: AZ } } }
connectors:
  s3: { settle: null, amazonS3: { bucketName: b, region: null, credentials: { fromFile: /f } } }
  azure: { azureStorage: {} }
  none: { amazonS3: null, azureStorage: null }
`);
    expect(args).toEqual({
      s3: { amazonS3: { bucketName: "b", credentials: 'dataspace-credential:{"source":{"file":"/f"}}' } },
      azure: {
        settle: "5s",
        azureStorage: {
          containerName: "c",
          blobstoreEndpointTemplate: "https://%s.example",
          credentials: 'dataspace-credential:{"source":{"env":"AZ"}}',
        },
      },
      none: { settle: "5s" },
    });
  });

  test("a connector's own credentials win over single ones of the defaults", async () => {
    const { a, b } = await argsOf(`
defaults: { amazonS3: { bucketName: b, secretAccessKeyRead: { fromEnv: OLD }, credentials: { fromEnv: ALL } } }
connectors: { a: { amazonS3: { credentials: { fromEnv: MINE } } }, b: { amazonS3: { accessKeyIdRead: { fromEnv: ID } } } }
`);
    expect(Object.keys((a as { amazonS3: object }).amazonS3)).toEqual(["bucketName", "credentials"]);
    expect(Object.keys((b as { amazonS3: object }).amazonS3).sort()).toEqual([
      "accessKeyIdRead",
      "bucketName",
      "credentials",
      "secretAccessKeyRead",
    ]);
  });

  test("what is wrong with them is said once, of them, whether anybody takes them or not", async () => {
    expect(
      await manifest.problemsOf(`${head}defaults:
  name: x
  desiredStatus: RUNING
  amazonS3: { regoin: a, credentials: { fromEnv: "$X" } }
connectors:
  a: { desiredStatus: STOPPED, amazonS3: null }
  b: { amazonS3: { bucketName: b } }
  c: { amazonS3: { bucketName: c } }
`),
    ).toEqual([
      "4:3: defaults.name: can't be shared; give it under the connector",
      "5:3: defaults.desiredStatus: must be one of RUNNING, STOPPED",
      "6:15: defaults.amazonS3.regoin: unknown property; did you mean region?",
      "6:41: defaults.amazonS3.credentials.fromEnv: is not a variable name; write it without $, = and spaces",
    ]);
  });
});

test("every problem of every connector at once, in the order of the file", async () => {
  expect(
    await manifest.problemsOf(`version: 2
project: a b
shards: 1.5
policy: nowhere.yaml
polcy: x
connectors:
  -a: { name: a1 }
  Acme: {}
  b:
    desiredStatus: running
    protect: "yes"
    amazonS3:
      bucketName: 5
      credentials: { fromEnv: X }
  c: text
  d: { name: b }
  e: { name: b, account: x }
  f: { amazonS3: { bucketName: f, accessKeyIdRead: { fromEnv: A } }, azureStorage: {} }
`),
  ).toEqual([
    "1:1: version: must be 1, the only version of the manifest format",
    "2:1: project: is not a valid Pulumi project name; use 1 to 100 letters, digits, dashes, dots and underscores",
    "3:1: shards: must be a whole number from 1 to 1000",
    "4:1: policy: names a file that can't be read (ENOENT); paths are relative to the manifest",
    "5:1: polcy: unknown property; did you mean policy?",
    "7:3: connectors.-a: is not a valid key, because it names the Pulumi resource; use 1 to 100 letters, digits, dashes, dots and underscores, beginning with a letter or digit",
    "8:3: connectors.Acme.name: missing, and the resource's own name is not a valid connector name; use 1 to 16 lower-case letters, digits and dashes, with no dash at either end",
    "10:5: connectors.b.desiredStatus: must be one of RUNNING, STOPPED",
    "11:5: connectors.b.protect: must be true or false",
    "13:7: connectors.b.amazonS3.bucketName: must be a string",
    "15:3: connectors.c: must be an object of properties",
    '16:8: connectors.d.name: "b" is already declared by connectors.b (line 9); one connector can\'t be two resources: give this one another name or remove one of them',
    "18:3: connectors.f: amazonS3, azureStorage: a connector has at most one storage; keep one of them",
    "18:8: connectors.f.amazonS3.secretAccessKeyRead: missing, and amazonS3.accessKeyIdRead needs it; give both",
    "18:8: connectors.f.amazonS3.accessKeyIdWrite: missing; give a value",
    "18:8: connectors.f.amazonS3.secretAccessKeyWrite: missing; give a value",
    "18:70: connectors.f.azureStorage.containerName: missing; give a value",
    "18:70: connectors.f.azureStorage.blobstoreEndpointTemplate: missing; give a value",
    "18:70: connectors.f.azureStorage.accountNameRead: missing; give a value",
    "18:70: connectors.f.azureStorage.accountKeyRead: missing; give a value",
    "18:70: connectors.f.azureStorage.accountNameWrite: missing; give a value",
    "18:70: connectors.f.azureStorage.accountKeyWrite: missing; give a value",
  ]);
});

test("the manifest of the documentation is a good one", async () => {
  const page = readFileSync(new URL("../../../docs/manifest.md", import.meta.url), "utf8");
  const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  await manifest.write("policy.yaml", "version: 1\n");
  expect(await manifest.problemsOf(yaml)).toEqual([]);
});
