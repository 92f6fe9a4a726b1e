import { describe, expect, test } from "vitest";
import type { ObservedConnector } from "../../../provider/model/observed-connector.js";
import { statusKind } from "../../../provider/model/status.js";
import { adoptionsOf } from "../../../pipeline/generate/adoption.js";
import { manifestText } from "../../../pipeline/generate/manifest-text.js";
import { programText } from "../../../pipeline/generate/program-text.js";

const none: ReadonlySet<string> = new Set();

function sighting(status: string, more: Partial<ObservedConnector> = {}): ObservedConnector {
  return { status, kind: statusKind(status), storage: {}, details: {}, ...more };
}

const s3 = (bucketName: string, more: Record<string, string> = {}): Partial<ObservedConnector> => ({
  storageType: "AmazonS3",
  storage: { bucketName, ...more },
});

const adopt = (seen: Record<string, ObservedConnector>, takenKeys = none) =>
  adoptionsOf(new Map(Object.entries(seen)), takenKeys);

describe("how each is to be declared", () => {
  test.each([
    ["RUNNING", "RUNNING", []],
    ["STOPPED", "STOPPED", []],
    ["FAILED", "RUNNING", ["FAILED when this was written: up brings it to RUNNING."]],
    ["STARTING", "RUNNING", ["STARTING when this was written: up brings it to RUNNING."]],
    ["Stopping", "STOPPED", ["Stopping when this was written: up brings it to STOPPED."]],
    ["odd\n// word", "RUNNING", ["odd // word when this was written: up brings it to RUNNING."]],
  ])("%j is declared %s", (status, desiredStatus, remarks) => {
    expect(adopt({ acme: sighting(status) })).toEqual({
      adoptions: [{ key: "acme", name: "acme", status, desiredStatus, remarks }],
      leftOut: [],
    });
  });

  test.each([
    ["as echoed", s3("b", { region: "eu" }), { block: "amazonS3", fields: { bucketName: "b", region: "eu" } }, []],
    ["by what it echoes", { storage: { bucketName: "b" } }, { block: "amazonS3", fields: { bucketName: "b" } }, []],
    [
      "to be filled in",
      { storageType: "AZURESTORAGE", storage: { containerName: "c" } },
      { block: "azureStorage", fields: { containerName: "c", blobstoreEndpointTemplate: "" } },
      [
        "The service does not return azureStorage.blobstoreEndpointTemplate: fill in the current value; up refuses an empty string.",
      ],
    ],
    ["none", {}, undefined, []],
  ])("storage: %s", (_, seen, storage, remarks) => {
    const [adoption] = adopt({ acme: sighting("RUNNING", seen) }).adoptions;
    expect([adoption?.storage, adoption?.remarks]).toEqual([storage, remarks]);
  });

  test("a kind of storage that this version doesn't know is left out, and said", () => {
    expect(adopt({ gcs: sighting("RUNNING", { storageType: "Google\nCloud" }) })).toEqual({
      adoptions: [],
      leftOut: ["Left out: gcs, whose storage (Google Cloud) is of a kind this version does not support."],
    });
  });

  test("keys are names, less those that are taken", () => {
    const seen = { b: sighting("RUNNING"), "b-2": sighting("RUNNING"), constructor: sighting("RUNNING") };
    const keys = (taken: string[]) => adopt(seen, new Set(taken)).adoptions.map(({ key, name }) => `${key}=${name}`);
    expect(keys([])).toEqual(["b=b", "b-2=b-2", "constructor=constructor"]);
    expect(keys(["b", "b-3", "constructor"])).toEqual(["b-4=b", "b-2=b-2", "constructor-2=constructor"]);
  });
});

const { adoptions } = adopt(
  {
    "1e5": sighting("FAILED"),
    acme: sighting("RUNNING", s3('a "b"\\', { region: "eu" })),
    old: sighting("STOPPED", { storageType: "AmazonS3" }),
  },
  new Set(["acme"]),
);

test("a program", () => {
  expect(programText(adoptions, { comments: ["For a test."], account: "b" })).toBe(`// For a test.
// Storage fields that the service does not return are left out here: add them before you edit a connector's storage.

import { Connector } from "pulumi-dataspace";

/**
 * Where the credentials come from: fill this in. {name} is replaced by each connector's name; in a variable, upper-case
 * with _ for -. The value is a JSON object with
 * accessKeyIdRead, secretAccessKeyRead, accessKeyIdWrite and secretAccessKeyWrite.
 * Until then they stay unchanged at the service, and no connector's storage can be edited from here.
 *
 *     fromEnv("CONNECTOR_{name}_CREDENTIALS")
 *     fromCommand(["vault", "kv", "get", "-format=json", "kv/edc/{name}"], { key: "data.data" })
 */
const credentials: string | undefined = undefined;

/**
 * Adopted as they are: up sends no configuration and restarts nothing.
 * Remove adoptCredentials only after an up with the credentials filled in.
 */
const adopted = { onExisting: "adopt", adoptCredentials: "assume", account: "b" } as const;

// FAILED when this was written: up brings it to RUNNING.
new Connector("1e5", {
  ...adopted,
  name: "1e5",
  desiredStatus: "RUNNING",
});

new Connector("acme-2", {
  ...adopted,
  name: "acme",
  desiredStatus: "RUNNING",
  amazonS3: { bucketName: "a \\"b\\"\\\\", region: "eu", credentials },
});

// The service does not return amazonS3.bucketName: fill in the current value; up refuses an empty string.
new Connector("old", {
  ...adopted,
  name: "old",
  desiredStatus: "STOPPED",
  amazonS3: { bucketName: "", credentials },
});
`);
});

test("a manifest", () => {
  const heading = { comments: ["For a test."], project: "p", endpoint: "https://dataspace.example/backend" };
  expect(manifestText(adoptions, heading))
    .toBe(`# yaml-language-server: $schema=./node_modules/pulumi-dataspace/connectors.schema.json
# For a test.
# Storage fields that the service does not return are left out here: add them before you edit a connector's storage.

version: 1
project: p
endpoint: https://dataspace.example/backend
defaults:
  # Adopted as they are: up sends no configuration and restarts nothing.
  # Remove adoptCredentials only after an up with the credentials filled in.
  onExisting: adopt
  adoptCredentials: assume
  # Where the credentials come from: fill this in. {name} is replaced by each connector's name; in a variable, upper-case
  # with _ for -. The value is a JSON object with
  # accessKeyIdRead, secretAccessKeyRead, accessKeyIdWrite and secretAccessKeyWrite.
  # Until then they stay unchanged at the service, and no connector's storage can be edited from here.
  # amazonS3:
  #   credentials: {fromCommand: [vault, kv, get, -format=json, "kv/edc/{name}"], key: data.data}
connectors:
  # FAILED when this was written: up brings it to RUNNING.
  "1e5":
    name: "1e5"
    desiredStatus: RUNNING
    amazonS3: null
  acme-2:
    name: acme
    desiredStatus: RUNNING
    amazonS3:
      bucketName: a "b"\\
      region: eu
  # The service does not return amazonS3.bucketName: fill in the current value; up refuses an empty string.
  old:
    name: old
    desiredStatus: STOPPED
    amazonS3:
      bucketName: ""
`);
});

test("of none, in an account of its own", () => {
  expect(programText([], { comments: ["None."] })).toBe('// None.\n\nimport { Connector } from "pulumi-dataspace";\n');
  expect(manifestText([], { comments: ["None."], project: "p", account: "b" })).toBe(
    `# yaml-language-server: $schema=./node_modules/pulumi-dataspace/connectors.schema.json
# None.

version: 1
project: p
defaults:
  # Adopted as they are: up sends no configuration and restarts nothing.
  onExisting: adopt
  adoptCredentials: assume
  account: b
connectors: {}
`,
  );
});
