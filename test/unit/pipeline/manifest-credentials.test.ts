import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redact } from "../../../provider/errors/redact.js";
import { parseReference } from "../../../provider/model/reference.js";
import { head, ManifestFile } from "../../support/manifest-file.js";

let manifest: ManifestFile;
beforeAll(async () => {
  manifest = await ManifestFile.create();
});
afterAll(() => manifest.remove());

const reference = (wire: unknown) => parseReference(String(wire));

describe("credentials", () => {
  const s3 = (fields: string, top = "") =>
    `${head}${top}connectors:\n  a: { amazonS3: { bucketName: b, credentials: { fromEnv: ALL }, ${fields} } }`;
  const clear = (column: number, field: string) =>
    `4:${column}: connectors.a.amazonS3.${field}: is a plaintext credential, which a manifest may not contain; write { fromEnv: NAME }, { fromFile: path } or { fromCommand: [program, argument] } (or set allowPlaintextSecrets: true)`;

  test("none in clear, unless the file allows it", async () => {
    const fields = "secretAccessKeyRead: canary-read, accessKeyIdRead: 1234567";
    expect(await manifest.problemsOf(s3(fields))).toEqual([
      clear(66, "secretAccessKeyRead"),
      clear(100, "accessKeyIdRead"),
    ]);
    expect(await manifest.problemsOf(s3(fields, "allowPlaintextSecrets: false\n"))).toHaveLength(2);
    expect(redact("canary-read")).toBe("[secret]");
    const { connectors } = await manifest.read(s3("secretAccessKeyRead: canary-read", "allowPlaintextSecrets: true\n"));
    expect(connectors[0]?.literalCredentials).toEqual(["amazonS3.secretAccessKeyRead"]);
    expect(connectors[0]?.args).toMatchObject({ amazonS3: { secretAccessKeyRead: "canary-read" } });
    expect(await manifest.problemsOf(s3("secretAccessKeyRead: [canary]", "allowPlaintextSecrets: true\n"))).toEqual([
      "5:66: connectors.a.amazonS3.secretAccessKeyRead: must be a string",
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
    const { connectors } = await manifest.read(s3(`secretAccessKeyRead: ${form}`));
    const args = connectors[0]?.args as { amazonS3?: Record<string, string> } | undefined;
    const parent = join(manifest.folder, "..");
    const text = JSON.stringify(reference(args?.amazonS3?.["secretAccessKeyRead"]));
    expect(JSON.parse(text.replaceAll(manifest.folder, "FOLDER").replaceAll(parent, "PARENT"))).toEqual(meant);
  });

  const write = "write { fromEnv: NAME }, { fromFile: path } or { fromCommand: [program, argument] }";
  test.each([
    ["{}", [`: must be a reference; ${write}`]],
    ["{ key: a }", [`: must be a reference; ${write}`]],
    ["{ fromenv: A }", [".fromenv: unknown property; did you mean fromEnv?"]],
    ["{ fromEnv: A, fromFile: b }", [": has more than one of fromEnv, fromFile or fromCommand; keep one"]],
    ["{ fromEnv: $A }", [".fromEnv: is not a variable name; write it without $, = and spaces"]],
    ["{ fromEnv: }", [".fromEnv: missing; give a value"]],
    ["{ fromEnv: A, kye: b }", [".kye: unknown property; did you mean key?"]],
    ["{ fromEnv: A, key: }", [".key: is empty; give a value, or remove the line"]],
    ["{ fromEnv: A, timeout: 5s }", [".timeout: unknown property; remove it"]],
    ["{ fromFile: 5 }", [".fromFile: must be a string"]],
    ["{ fromCommand: vault kv }", [".fromCommand: must be a list: a program and its arguments"]],
    ["{ fromCommand: [] }", [".fromCommand: is empty; give a program and its arguments"]],
    ["{ fromCommand: [a, 5] }", [".fromCommand: must be a list of strings; put numbers in quotes"]],
    ["{ fromCommand: [a], timeout: 5 }", ['.timeout: must be a duration; write it like "15m", "90s" or "1h30m"']],
    ["{ fromEnv: A, previous: canary-old }", [`.previous: must be a reference; ${write}`]],
    [
      "{ fromEnv: $A, previous: { fromFile: } }",
      [
        ".fromEnv: is not a variable name; write it without $, = and spaces",
        ".previous.fromFile: missing; give a value",
      ],
    ],
    [`'dataspace-credential:{"source":{"env":"A"}}'`, [`: is a reference in the provider's own form; ${write}`]],
  ])("%s is none", async (form, expected) => {
    const found = await manifest.problemsOf(s3(`secretAccessKeyRead: ${form}`));
    expect(found.map((text) => text.replace(/^.*?secretAccessKeyRead/, ""))).toEqual(expected);
  });

  test("credentials of a whole block are a reference, always", async () => {
    expect(
      await manifest.problemsOf(
        `${head}allowPlaintextSecrets: true\nconnectors: { a: { amazonS3: { bucketName: b, credentials: canary } } }`,
      ),
    ).toEqual([
      `4:47: connectors.a.amazonS3.credentials: must be a reference to all credentials of the block; ${write}`,
    ]);
  });
});
