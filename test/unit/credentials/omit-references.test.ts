import { expect, test } from "vitest";
import { omitReferences } from "../../../provider/credentials/omit-references.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { fromCommand, fromEnv } from "../../../sdk/credentials.js";
import { s3 } from "../../support/connectors.js";

const { bucketName, region } = s3();
const vault = fromCommand(["false"], { key: "data" });

function aside(amazonS3: unknown) {
  const { inputs, paths, problems } = omitReferences({ name: "acme", amazonS3 });
  return { fields: inputs["amazonS3"], paths, problems };
}

test("references are left out and named, values stay", () => {
  const { accessKeyIdRead: _, ...rest } = s3();
  expect(aside({ ...s3(), accessKeyIdRead: fromEnv("NOWHERE") })).toEqual({
    fields: rest,
    paths: ["amazonS3.accessKeyIdRead"],
    problems: [],
  });
});

test("one reference to all of them stands for those that aren't given beside it", () => {
  expect(aside({ bucketName, region, credentials: vault, secretAccessKeyWrite: "a-value" })).toEqual({
    fields: { bucketName, region, secretAccessKeyWrite: "a-value" },
    paths: ["amazonS3.accessKeyIdRead", "amazonS3.secretAccessKeyRead", "amazonS3.accessKeyIdWrite"],
    problems: [],
  });
});

test("what is no reference, and what is left out, stays as it is", () => {
  for (const given of [s3(), { bucketName }, unknownSentinel])
    expect(aside(given)).toEqual({ fields: given, paths: [], problems: [] });
});

test("a reference that is none is said without being followed", () => {
  expect(aside({ accessKeyIdRead: "dataspace-credential:what", credentials: "a-value" }).problems).toEqual([
    "amazonS3.accessKeyIdRead: is not a valid reference; make it with fromEnv, fromFile or fromCommand",
    "amazonS3.credentials: must be a reference to all credentials of the block; make it with fromEnv, fromFile or fromCommand",
  ]);
});
