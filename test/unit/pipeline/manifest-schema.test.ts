import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { connectorSchema } from "../../../provider/model/connector.js";
import { checkManifest } from "../../../pipeline/source/manifest/check.js";
import { manifestJsonSchema } from "../../../pipeline/source/manifest/json-schema.js";
import { Folder } from "../../support/folder.js";

const validate = new Ajv2020({ strictTypes: true, allowUnionTypes: true }).compile(manifestJsonSchema());

let folder: Folder;
beforeAll(async () => {
  folder = await Folder.create();
});
afterAll(() => folder.remove());

/** What the schema says, and what reading it says. */
async function verdicts(text: string): Promise<{ schema: boolean; reading: boolean }> {
  const { problems } = await checkManifest(await folder.write("connectors.yaml", text));
  return { schema: validate(parse(text)), reading: problems.length === 0 };
}

const head = "version: 1\nproject: p\n";
const one = (fields: string) => `${head}connectors: { a: { ${fields} } }`;
const s3 = (fields: string) => one(`amazonS3: { bucketName: b, credentials: { fromEnv: X }, ${fields} }`);

test.each([
  one(""),
  `${head}connectors: {}`,
  `${head}connectors: { a: , 1x: , constructor: { name: c }, a.b_c-d: { name: d } }`,
  `$schema: ./x.json\n${head}shards: 16\nendpoint: https://a.example/b\nallowPlaintextSecrets: false\nconnectors: {}`,
  `${head}defaults: { desiredStatus: STOPPED, protect: true, settle: null }\nconnectors: { a: { protect: null } }`,
  one(
    "name: n, desiredStatus: RUNNING, onExisting: adopt, onDelete: scrub, settle: 1m30s, stuckAfter: 90s, credentialsVersion: 3, account: b",
  ),
  one("timeouts: { create: 15m, update: 500ms, delete: null }, credentialsVersion: x, amazonS3: null"),
  s3("region: eu, endpointOverride: https://minio.example"),
  s3("region: null, secretAccessKeyRead: { fromFile: x, key: a.b }"),
  s3("secretAccessKeyRead: { fromCommand: [a, b], timeout: 5s, previous: { fromEnv: O, previous: { fromFile: y } } }"),
  `allowPlaintextSecrets: true\n${s3("secretAccessKeyRead: clear")}`,
])("good to both: %s", async (text) => expect(await verdicts(text)).toEqual({ schema: true, reading: true }));

test.each([
  "[]",
  "version: 1",
  `version: "1"\nproject: p\nconnectors: {}`,
  `version: 2\nproject: p\nconnectors: {}`,
  `version: 1\nproject: a b\nconnectors: {}`,
  `version: 1\nconnectors: {}`,
  head,
  `${head}connectors:`,
  `${head}connectors: []`,
  `${head}shards: 0\nconnectors: {}`,
  `${head}shards: 1.5\nconnectors: {}`,
  `${head}shards: "2"\nconnectors: {}`,
  `${head}shards:\nconnectors: {}`,
  `${head}policy:\nconnectors: {}`,
  `${head}policy: ""\nconnectors: {}`,
  `${head}endpoint: dataspace.example\nconnectors: {}`,
  `${head}allowPlaintextSecrets: "yes"\nconnectors: {}`,
  `${head}surplus: 1\nconnectors: {}`,
  `${head}defaults: { name: x }\nconnectors: {}`,
  `${head}defaults: { desiredStatus: UP }\nconnectors: {}`,
  `${head}defaults:\nconnectors: {}`,
  `${head}connectors: { -a: { name: a } }`,
  `${head}connectors: { "a b": { name: a } }`,
  `${head}connectors: { a: text }`,
  one("name: Upper"),
  one("name: 5"),
  one("surplus: 1"),
  one("desiredStatus: running"),
  one("onDelete: keep"),
  one("protect: 'true'"),
  one("settle: 5"),
  one("settle: soon"),
  one("timeouts: { create: 15 }"),
  one("timeouts: { ceate: 15m }"),
  one("timeouts: 15m"),
  one("credentialsVersion: true"),
  one("account: B"),
  one("amazonS3: bucket"),
  s3("regoin: x"),
  s3("region: 5"),
  s3('region: ""'),
  s3("secretAccessKeyRead: clear"),
  s3("secretAccessKeyRead: 5"),
  `${head}defaults: { azureStorage: { accountKeyRead: clear } }\nconnectors: {}`,
  `allowPlaintextSecrets: false\n${s3("secretAccessKeyRead: clear")}`,
  one("amazonS3: { bucketName: b, credentials: clear }"),
  s3("secretAccessKeyRead: {}"),
  s3("secretAccessKeyRead: { fromEnv: A, fromFile: b }"),
  s3("secretAccessKeyRead: { fromEnv: $A }"),
  s3("secretAccessKeyRead: { fromEnv: '' }"),
  s3("secretAccessKeyRead: { fromEnv: A, timeout: 5s }"),
  s3("secretAccessKeyRead: { fromEnv: A, key: }"),
  s3("secretAccessKeyRead: { fromFile: 5 }"),
  s3("secretAccessKeyRead: { fromCommand: a }"),
  s3("secretAccessKeyRead: { fromCommand: [] }"),
  s3("secretAccessKeyRead: { fromCommand: [a, 5] }"),
  s3("secretAccessKeyRead: { fromCommand: [a], timeout: 5 }"),
  s3("secretAccessKeyRead: { fromEnv: A, previous: clear }"),
])("bad to both: %s", async (text) => expect(await verdicts(text)).toEqual({ schema: false, reading: false }));

test.each([
  ["what defaults may give", one("amazonS3: { bucketName: b }")],
  ["halves of a pair", one("amazonS3: { bucketName: b, accessKeyIdRead: { fromEnv: X } }")],
  ["two kinds of storage", `${s3("region: x").slice(0, -3)}, azureStorage: {} } }`],
  ["a name that is given twice", `${head}connectors: { a: , b: { name: a } }`],
  ["a key that is no name", `${head}connectors: { A: }`],
  ["a file that isn't there", `${head}policy: nowhere\nconnectors: {}`],
  ["what is right for a URL", `${head}endpoint: https://user@a.example\nconnectors: {}`],
])("only reading sees %s", async (_, text) => expect(await verdicts(text)).toEqual({ schema: true, reading: false }));

test("it says of every property what it is for, and holds nothing that is ours alone", () => {
  const { properties, $defs } = manifestJsonSchema() as Record<string, Record<string, Record<string, unknown>>>;
  const connectors = properties?.["connectors"]?.["additionalProperties"] as { properties: Record<string, object> };
  expect(Object.keys(connectors.properties)).toEqual([...Object.keys(connectorSchema.shape), "protect"]);
  const described = [connectors, $defs?.["amazonS3"], $defs?.["azureStorage"], $defs?.["timeouts"], { properties }];
  for (const { properties: fields } of described as { properties: Record<string, { description?: string }> }[]) {
    expect(Object.entries(fields).filter(([, { description }]) => description === undefined)).toEqual([]);
  }
  expect(JSON.stringify([properties, $defs])).not.toMatch(/"(credential|bundle|pair|replaces|push)":/);
});

test("the file that is shipped is this one", () => {
  const shipped = readFileSync(new URL("../../../connectors.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(shipped)).toEqual(manifestJsonSchema());
});
