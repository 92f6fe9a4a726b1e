import { expect, test } from "vitest";
import { comparable } from "../../../pipeline/plan/masked.js";
import { changesBetween } from "../../../provider/model/changes.js";

/** As the engine's events hold a secret. */
const masked = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
const plain = { name: "acme", amazonS3: { bucketName: "one", region: "x" } };
const secretBucket = { name: "acme", amazonS3: { bucketName: masked, region: "x" } };
const secretBlock = { name: "acme", amazonS3: masked };
const all = ["amazonS3.bucketName", "amazonS3.region", "amazonS3.endpointOverride"];

test.each([
  ["no secret", plain, { ...plain, amazonS3: { bucketName: "two", region: "x" } }, [], ["amazonS3.bucketName"]],
  ["a secret that is the same", secretBucket, secretBucket, [], []],
  ["a secret that differs", secretBucket, secretBucket, ["amazonS3.bucketName"], ["amazonS3.bucketName"]],
  ["a secret that nobody has compared", secretBucket, secretBucket, undefined, ["amazonS3.bucketName"]],
  ["a block that is the same", secretBlock, secretBlock, [], []],
  ["a block that differs", secretBlock, secretBlock, ["amazonS3.region"], ["amazonS3.region"]],
  ["a block that nobody has compared", secretBlock, secretBlock, undefined, all],
  ["a value that became secret", plain, secretBucket, [], []],
  [
    "a value that became secret, and another one",
    plain,
    secretBucket,
    ["amazonS3.bucketName"],
    ["amazonS3.bucketName"],
  ],
  ["a block that became secret", plain, secretBlock, [], []],
  ["a block that is no longer secret", secretBlock, plain, [], []],
  ["the bare word", { name: "[secret]" }, { name: "[secret]" }, ["name"], ["name"]],
])("%s", (_, olds, news, changed, paths) => {
  expect(changesBetween(...comparable(olds, news, changed)).map(({ path }) => path)).toEqual(paths);
});

test.each([
  ["the same, in place", masked, masked, "STOPPED", [], ["STOPPED", "STOPPED"]],
  ["another one", masked, masked, "STOPPED", ["desiredStatus"], ["STOPPED", "RUNNING"]],
  ["another one, of a running connector", masked, masked, "RUNNING", ["desiredStatus"], ["RUNNING", "STOPPED"]],
  ["one that nobody has compared", masked, masked, "RUNNING", undefined, ["RUNNING", "STOPPED"]],
  ["one that became secret, and another one", "STOPPED", masked, "STOPPED", ["desiredStatus"], ["STOPPED", "RUNNING"]],
  ["one that became secret", "STOPPED", masked, "STOPPED", [], ["STOPPED", "STOPPED"]],
  ["one that is no longer secret", masked, "STOPPED", "RUNNING", ["desiredStatus"], ["RUNNING", "STOPPED"]],
])("a secret desiredStatus: %s", (_, old, now, status, changed, both) => {
  const compared = comparable({ desiredStatus: old, status }, { desiredStatus: now }, changed);
  expect(compared.map((each) => each["desiredStatus"])).toEqual(both);
});
