import { expect, test } from "vitest";
import { fingerprint, newSalt } from "../../../provider/credentials/fingerprint.js";
import { Keyring } from "../../../provider/credentials/keyring.js";
import { extractCredentials } from "../../../provider/credentials/extract-credentials.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { s3 } from "../../support/connectors.js";

const salt = "a-salt";

test("credentials leave the inputs, and leave fingerprints behind", () => {
  const given = { name: "acme", amazonS3: s3() };
  const { inputs, credentialFingerprints, values } = extractCredentials(given, { salt, oldFingerprints: {} });
  expect(inputs).toEqual({ name: "acme", amazonS3: { bucketName: "acme", region: "eu-central-1" } });
  expect(values).toEqual({
    accessKeyIdRead: "read-key-id",
    secretAccessKeyRead: "read-secret-1",
    accessKeyIdWrite: "write-key-id",
    secretAccessKeyWrite: "write-secret-1",
  });
  expect(Object.keys(credentialFingerprints)).toEqual(Object.keys(values));
  expect(Object.values(credentialFingerprints).every((mark) => /^[\w-]{6}$/.test(mark))).toBe(true);
  expect(given.amazonS3).toEqual(s3());
});

test("what isn't given keeps its fingerprint, what isn't known yet is unknown", () => {
  const { secretAccessKeyRead: _, ...rest } = s3();
  const separated = extractCredentials(
    { amazonS3: { ...rest, accessKeyIdRead: unknownSentinel } },
    { salt, oldFingerprints: { secretAccessKeyRead: "oldold" } },
  );
  expect(separated.credentialFingerprints).toMatchObject({
    secretAccessKeyRead: "oldold",
    accessKeyIdRead: unknownSentinel,
  });
  expect(separated.values).not.toHaveProperty("secretAccessKeyRead");
  expect(extractCredentials({ amazonS3: unknownSentinel }, { salt, oldFingerprints: {} })).toMatchObject({
    inputs: { amazonS3: unknownSentinel },
    credentialFingerprints: { secretAccessKeyWrite: unknownSentinel },
  });
});

test("a fingerprint tells salts, fields and values apart, and no more", () => {
  const marks = [
    fingerprint("s1", "f", "v"),
    fingerprint("s2", "f", "v"),
    fingerprint("s1", "g", "v"),
    fingerprint("s1", "f", "w"),
  ];
  expect(new Set(marks).size).toBe(4);
  expect(fingerprint("s1", "f", "v")).toBe(marks[0]);
  expect(newSalt()).not.toBe(newSalt());
});

test("the keyring gives a value back only for its connector, field and fingerprint", () => {
  const keyring = new Keyring();
  keyring.put("/acme", "secretAccessKeyRead", "abcdef", "the-value");
  expect(keyring.get("/acme", "secretAccessKeyRead", "abcdef")).toBe("the-value");
  expect(keyring.get("/acme", "secretAccessKeyRead", "abcdeg")).toBeUndefined();
  expect(keyring.get("b/acme", "secretAccessKeyRead", "abcdef")).toBeUndefined();
});
