import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redact } from "../../../provider/errors/redact.js";
import { parseReference } from "../../../provider/model/reference.js";
import { checkManifest } from "../../../sdk/pipeline/manifest/check.js";
import { findManifest, readManifest } from "../../../sdk/pipeline/index.js";
import { Folder } from "../../support/folder.js";

let folder: Folder;
beforeAll(async () => {
  folder = await Folder.create();
});
afterAll(() => folder.remove());

const head = "version: 1\nproject: acme\n";

/** Each problem without the file's name: `line:column: path: sentence`. */
async function problemsOf(text: string | Uint8Array, name = "connectors.yaml"): Promise<string[]> {
  const path = await folder.write(name, text);
  const { problems } = await checkManifest(path);
  return problems.map((problem) => problem.text.slice(path.length + 1));
}

async function read(text: string, name = "connectors.yaml") {
  return readManifest(await folder.write(name, text));
}

async function argsOf(text: string): Promise<Record<string, unknown>> {
  const { connectors } = await read(head + text);
  return Object.fromEntries(connectors.map(({ key, args }) => [key, args]));
}

const reference = (wire: unknown) => parseReference(String(wire));

describe("what a manifest says", () => {
  test("all of it, as a program would say it", async () => {
    await folder.write("policy.yaml", "version: 1\n");
    const path = await folder.write(
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
    const manifest = await readManifest(path);
    expect(manifest).toMatchObject({
      path,
      project: "acme-dataspace",
      endpoint: "https://dataspace.example/backend",
      shards: 3,
      policy: join(folder.path, "policy.yaml"),
      warnings: [],
    });
    const vault = `dataspace-credential:{"source":{"command":["vault","kv/edc/{name}"],"timeout":"10s"},"key":"data.data"}`;
    const gx = `dataspace-credential:{"source":{"file":"${folder.path}/gx"},"previous":{"source":{"file":"/run/gx.old"}}}`;
    const shared = { onDelete: "stop", timeouts: { create: "15m", delete: "10m" } };
    expect(manifest.connectors).toEqual([
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
    expect(await read(JSON.stringify(json, undefined, "\t"), "connectors.json")).toMatchObject({
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
    expect(await problemsOf(`${head}endpoint: "$ENV"\nconnectors: {}`)).toEqual([
      "3:1: endpoint: is not an http or https URL",
    ]);
  });

  test("no connectors at all must be said as such", async () => {
    expect(await argsOf("connectors: {}")).toEqual({});
    expect(await problemsOf(`${head}connectors:`)).toEqual([
      "3:1: connectors: is empty; give a value, or take the line out",
    ]);
    expect(await problemsOf(head)).toEqual(["1:1: connectors: missing; give a value"]);
    expect(await problemsOf(`${head}connectors: [acme]`)).toEqual([
      "3:1: connectors: must be a mapping from key to connector ({} for none)",
    ]);
  });

  test("what is right and must be known all the same is a warning", async () => {
    const { warnings } = await read(
      `${head}endpoint: http://elsewhere.example
connectors:
  a: { azureStorage: { containerName: c, blobstoreEndpointTemplate: "https://%s.x.example", credentials: { fromEnv: X } } }
`,
    );
    const path = join(folder.path, "connectors.yaml");
    expect(warnings).toEqual([
      `${path}:3:1: endpoint: is plain http to another machine, which shows the token to the network and is refused unless DATASPACE_ALLOW_INSECURE is true`,
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
      await problemsOf(`${head}defaults:
  name: x
  desiredStatus: RUNING
  amazonS3: { regoin: a, credentials: { fromEnv: "$X" } }
connectors:
  a: { desiredStatus: STOPPED, amazonS3: null }
  b: { amazonS3: { bucketName: b } }
  c: { amazonS3: { bucketName: c } }
`),
    ).toEqual([
      "4:3: defaults.name: is one connector's alone; give it under that connector",
      "5:3: defaults.desiredStatus: must be one of RUNNING, STOPPED",
      "6:15: defaults.amazonS3.regoin: unknown property; did you mean region?",
      "6:41: defaults.amazonS3.credentials.fromEnv: is not a variable's name; write it without $, = and spaces",
    ]);
  });
});

test("every problem of every connector at once, in the order of the file", async () => {
  expect(
    await problemsOf(`version: 2
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
    "1:1: version: must be 1, the only version of the manifest that there is",
    "2:1: project: is not a Pulumi project's name; use 1 to 100 letters, digits, dashes, dots and underscores",
    "3:1: shards: must be a whole number from 1 to 1000",
    "4:1: policy: names a file that can't be read (ENOENT); paths are relative to the manifest",
    "5:1: polcy: unknown property; did you mean policy?",
    "7:3: connectors.-a: is not a key that Pulumi can name a resource by; use 1 to 100 letters, digits, dashes, dots and underscores, beginning with a letter or digit",
    "8:3: connectors.Acme.name: missing, and the resource's own name would not be a valid one; use 1 to 16 lower-case letters, digits and dashes, with no dash at either end",
    "10:5: connectors.b.desiredStatus: must be one of RUNNING, STOPPED",
    "11:5: connectors.b.protect: must be true or false",
    "13:7: connectors.b.amazonS3.bucketName: must be a text",
    "15:3: connectors.c: must be an object of properties",
    '16:8: connectors.d.name: "b" is declared by connectors.b (line 9) already; one connector can\'t be two resources, so give this one another name or remove one of them',
    "18:3: connectors.f: amazonS3, azureStorage: a connector has one storage at most; keep one of them",
    "18:8: connectors.f.amazonS3.secretAccessKeyRead: missing, and amazonS3.accessKeyIdRead is of no use without it; give both",
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

test("one error names them all, and what to do", async () => {
  const path = await folder.write("connectors.yaml", `${head}shards: 0\nconnectors: { a: { x: 1 } }`);
  await expect(readManifest(path)).rejects.toMatchObject({
    code: "MANIFEST_INVALID",
    message: `Could not use the manifest ${path}: 2 problems.
${path}:3:1: shards: must be a whole number from 1 to 1000
${path}:4:20: connectors.a.x: unknown property; take it out
Next: Correct the manifest; pulumi-dataspace validate checks it again, offline.`,
  });
});

describe("credentials", () => {
  const s3 = (fields: string, top = "") =>
    `${head}${top}connectors:\n  a: { amazonS3: { bucketName: b, credentials: { fromEnv: ALL }, ${fields} } }`;
  const clear = (column: number, field: string) =>
    `4:${column}: connectors.a.amazonS3.${field}: is a credential in clear, which a manifest doesn't hold; write { fromEnv: NAME }, { fromFile: path } or { fromCommand: [program, argument] } (allowPlaintextSecrets: true at the top allows it)`;

  test("none in clear, unless the file allows it", async () => {
    const fields = "secretAccessKeyRead: canary-read, accessKeyIdRead: 1234567";
    expect(await problemsOf(s3(fields))).toEqual([clear(66, "secretAccessKeyRead"), clear(100, "accessKeyIdRead")]);
    expect(await problemsOf(s3(fields, "allowPlaintextSecrets: false\n"))).toHaveLength(2);
    expect(redact("canary-read, 1234567")).toBe("[secret], [secret]");
    const { connectors } = await read(s3("secretAccessKeyRead: canary-read", "allowPlaintextSecrets: true\n"));
    expect(connectors[0]?.literalCredentials).toEqual(["amazonS3.secretAccessKeyRead"]);
    expect(connectors[0]?.args).toMatchObject({ amazonS3: { secretAccessKeyRead: "canary-read" } });
    expect(await problemsOf(s3("secretAccessKeyRead: [canary]", "allowPlaintextSecrets: true\n"))).toEqual([
      "5:66: connectors.a.amazonS3.secretAccessKeyRead: must be a text",
    ]);
  });

  test.each([
    ["{ fromEnv: A, key: k }", { source: { env: "A" }, key: "k" }],
    ["{ fromFile: keys/a.json, key: a.b }", { source: { file: "FOLDER/keys/a.json" }, key: "a.b" }],
    ["{ fromFile: /abs/a }", { source: { file: "/abs/a" } }],
    [
      "{ fromCommand: [./get, '{name}'], timeout: 5s }",
      { source: { command: ["FOLDER/get", "{name}"], timeout: "5s" } },
    ],
    ["{ fromCommand: [vault] }", { source: { command: ["vault"] } }],
    [
      "{ fromEnv: A, previous: { fromEnv: B, previous: { fromFile: ../c } } }",
      { source: { env: "A" }, previous: { source: { env: "B" }, previous: { source: { file: "PARENT/c" } } } },
    ],
  ])("%s", async (form, meant) => {
    const { connectors } = await read(s3(`secretAccessKeyRead: ${form}`));
    const { amazonS3 } = connectors[0]?.args as unknown as { amazonS3: Record<string, string> };
    const parent = join(folder.path, "..");
    const text = JSON.stringify(reference(amazonS3["secretAccessKeyRead"]));
    expect(JSON.parse(text.replaceAll(folder.path, "FOLDER").replaceAll(parent, "PARENT"))).toEqual(meant);
  });

  const write = "write { fromEnv: NAME }, { fromFile: path } or { fromCommand: [program, argument] }";
  test.each([
    ["{}", [`: must be a reference; ${write}`]],
    ["{ key: a }", [`: must be a reference; ${write}`]],
    ["{ fromenv: A }", [".fromenv: unknown property; did you mean fromEnv?"]],
    ["{ fromEnv: A, fromFile: b }", [": holds several of fromEnv, fromFile and fromCommand; keep one"]],
    ["{ fromEnv: $A }", [".fromEnv: is not a variable's name; write it without $, = and spaces"]],
    ["{ fromEnv: }", [".fromEnv: missing; give a value"]],
    ["{ fromEnv: A, kye: b }", [".kye: unknown property; did you mean key?"]],
    ["{ fromEnv: A, key: }", [".key: is empty; give a value, or take the line out"]],
    ["{ fromEnv: A, timeout: 5s }", [".timeout: unknown property; take it out"]],
    ["{ fromFile: 5 }", [".fromFile: must be a text"]],
    ["{ fromCommand: vault kv }", [".fromCommand: must be a list: a program and its arguments"]],
    ["{ fromCommand: [] }", [".fromCommand: is empty; give a program and its arguments"]],
    ["{ fromCommand: [a, 5] }", [".fromCommand: must be a list of texts; put numbers in quotes"]],
    ["{ fromCommand: [a], timeout: 5 }", ['.timeout: must be a duration; write it like "15m", "90s" or "1h30m"']],
    ["{ fromEnv: A, previous: canary-old }", [`.previous: must be a reference; ${write}`]],
    [
      "{ fromEnv: $A, previous: { fromFile: } }",
      [
        ".fromEnv: is not a variable's name; write it without $, = and spaces",
        ".previous.fromFile: missing; give a value",
      ],
    ],
    [
      `'dataspace-credential:{"source":{"env":"A"}}'`,
      [`: is a reference in the form that is sent to the provider; ${write}`],
    ],
  ])("%s is none", async (form, expected) => {
    const found = await problemsOf(s3(`secretAccessKeyRead: ${form}`));
    expect(found.map((text) => text.replace(/^.*?secretAccessKeyRead/, ""))).toEqual(expected);
  });

  test("credentials of a whole block are a reference, always", async () => {
    expect(
      await problemsOf(
        `${head}allowPlaintextSecrets: true\nconnectors: { a: { amazonS3: { bucketName: b, credentials: canary } } }`,
      ),
    ).toEqual([
      `4:47: connectors.a.amazonS3.credentials: must be a reference to all credentials of the block; ${write}`,
    ]);
  });
});

describe("the text itself", () => {
  test.each([
    ["", "1:1: is empty; it needs version, project and connectors"],
    ["- a", "1:1: must be a mapping: version, project, connectors and so on, each with its value"],
    [`${head}connectors: {}\nproject: b`, "4:1: project: is given twice; keep one of them"],
    [
      `${head}connectors:\n  a: &x { name: b }\n  c: *x`,
      "5:6: connectors.c: is an alias (*), which a manifest doesn't take; write the value out, or put it under defaults",
    ],
    [
      `${head}connectors:\n  a: { <<: { name: b } }`,
      '4:8: connectors.a["<<"]: is a merge key, which a manifest doesn\'t take; put what connectors have in common under defaults',
    ],
    [
      `${head}connectors: { a: { name: !!str 5 } }`,
      "3:32: connectors.a.name: has a tag (!), which a manifest doesn't take; take it out, and put a text in quotes",
    ],
    [`${head}---\na: 1`, "3:1: begins a second document; a manifest is one, so take the line --- out"],
    [`${head}\tconnectors: {}`, "3:1: is a tab; indent with spaces"],
    [`${head}connectors: a: b`, "3:13: holds a second `: ` in one line; put a text that holds a colon in quotes"],
    [
      `${head}connectors: { a: `,
      "3:18: is not indented as its neighbours are, or a bracket, brace or quote before it isn't closed",
    ],
    [`${head}connectors: @x`, "3:13: is a character that no plain text begins with; put the text in quotes"],
    [`${head}connectors: {}\n}`, "4:1: is not well-formed YAML here"],
    [`${head}? { a: b }\n: 1`, "3:3: must be a text"],
    ["[".repeat(50_000), expect.stringMatching(/is nested too deeply$/)],
    [Uint8Array.of(0x61, 0xff), "1:1: is not UTF-8 text; save the file as UTF-8"],
    [`# ${"x".repeat(9 * 2 ** 20)}`, "1:1: is larger than 8 MiB; split the manifest"],
  ])("problem %#", async (text, problem) => expect(await problemsOf(text)).toEqual([problem]));

  test.each([
    ['{ "version": 1,, }', "1:16: is not well-formed JSON here"],
    ["{\n  version: 1\n}", "2:3: is not well-formed JSON here"],
    ['{ "version": 1', "1:15: is not well-formed JSON here"],
    ['{"version":1,"project":"p","connectors":{},"project":"q"}', "1:44: project: is given twice; keep one of them"],
  ])("JSON: %j", async (text, problem) => expect(await problemsOf(text, "connectors.json")).toEqual([problem]));

  test("a byte order mark is none of it; nor does a parser's message quote what stands there", async () => {
    expect(await problemsOf(`\ufeff${head}connectors: {}`)).toEqual([]);
    expect(await problemsOf('secret: "canary\\q"')).toEqual([
      "1:16: is no escape that a text in double quotes may hold; use single quotes, or double the backslash",
    ]);
  });
});

test("the manifest of the documentation is a good one", async () => {
  const page = readFileSync(new URL("../../../docs/manifest.md", import.meta.url), "utf8");
  const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  await folder.write("policy.yaml", "version: 1\n");
  expect(await problemsOf(yaml)).toEqual([]);
});

test("a file that can't be read, and the manifest of a folder", async () => {
  await expect(readManifest(join(folder.path, "none.yaml"))).rejects.toThrow(
    /^Could not use the manifest .*none\.yaml: the file can't be read \(ENOENT\)\.\nNext: Check the path \(--manifest FILE\)/,
  );
  await expect(readManifest(folder.path)).rejects.toThrow("can't be read (EISDIR)");
  const own = await Folder.create();
  try {
    expect(() => findManifest(own.path)).toThrow(
      `Could not find a manifest: ${own.path} holds none of connectors.yaml, connectors.yml, connectors.json.\nNext: Name one with --manifest FILE, or run the command where it lies.`,
    );
    await own.write("connectors.yml", "");
    expect(findManifest(own.path)).toBe("connectors.yml");
    await own.write("connectors.json", "");
    expect(() => findManifest(own.path)).toThrow(
      "Could not choose a manifest: connectors.yml and connectors.json are both here.\nNext: Say which one with --manifest FILE.",
    );
  } finally {
    await own.remove();
  }
});

test("thousands of connectors are read in a moment", async () => {
  const lines = Array.from({ length: 5_000 }, (_, i) => `  c${i}: { amazonS3: { bucketName: b${i} } }`);
  const text = `${head}defaults: { amazonS3: { credentials: { fromEnv: "C_{name}" } } }\nconnectors:\n${lines.join("\n")}\n`;
  const before = performance.now();
  expect((await read(text)).connectors).toHaveLength(5_000);
  expect(performance.now() - before).toBeLessThan(5_000);
});
