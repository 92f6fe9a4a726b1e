import { expect, test } from "vitest";
import { fingerprintsOf, withoutRow, withRow } from "../../../provider/model/fingerprints.js";

const s3 = { amazonS3: { bucketName: "acme" } };

test.each([
  [
    "all",
    {
      accessKeyIdRead: "aaaaaa",
      secretAccessKeyRead: "b-b_bb",
      accessKeyIdWrite: "cccccc",
      secretAccessKeyWrite: "dddddd",
    },
    "aaaaaab-b_bbccccccdddddd",
  ],
  ["some", { secretAccessKeyWrite: "dddddd", accessKeyIdRead: "aaaaaa" }, "aaaaaa............dddddd"],
])("%s of a block lie in one row, and come out of it again", (_, credentialFingerprints, fingerprints) => {
  const inputs = { ...s3, credentialFingerprints };
  expect(withRow(inputs)).toEqual({ ...s3, fingerprints });
  expect(withoutRow({ ...s3, fingerprints })).toEqual(inputs);
  expect(fingerprintsOf({ ...s3, fingerprints })).toEqual(credentialFingerprints);
  expect(fingerprintsOf(inputs)).toEqual(credentialFingerprints);
});

test.each([
  ["none at all", { name: "acme" }],
  ["a block without any", s3],
])("%s stays as it is", (_, inputs) => {
  expect(withRow(inputs)).toEqual(inputs);
  expect(withoutRow(inputs)).toEqual(inputs);
});
