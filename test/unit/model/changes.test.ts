import { expect, test } from "vitest";
import { changesBetween } from "../../../provider/model/changes.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";

const before = {
  name: "acme",
  amazonS3: { bucketName: "acme", region: "eu-central-1" },
  credentialFingerprints: { secretAccessKeyRead: "aaaaaa", accessKeyIdRead: "bbbbbb" },
  desiredStatus: "RUNNING",
  timeouts: { create: "5m", update: "6m" },
};
const changes = (after: object) =>
  changesBetween(before, { ...before, ...after }).map(
    ({ path, effect, push, credential }) => `${path} ${effect}${push ? " push" : ""}${credential ? " credential" : ""}`,
  );

test.each([
  ["nothing", {}, []],
  ["other order of keys", { timeouts: { update: "6m", create: "5m" } }, []],
  ["undefined for absent", { azureStorage: undefined, onDelete: null }, []],
  ["the name", { name: "b" }, ["name replace"]],
  ["the account", { account: "b" }, ["account replace"]],
  ["a field", { amazonS3: { bucketName: "acme", region: "eu-west-1" } }, ["amazonS3.region update push"]],
  ["a field taken out", { amazonS3: { bucketName: "acme" } }, ["amazonS3.region update push"]],
  [
    "a credential",
    { credentialFingerprints: { secretAccessKeyRead: "cccccc", accessKeyIdRead: "bbbbbb" } },
    ["amazonS3.secretAccessKeyRead update push credential"],
  ],
  [
    "a credential not known yet",
    { credentialFingerprints: { secretAccessKeyRead: unknownSentinel, accessKeyIdRead: "bbbbbb" } },
    ["amazonS3.secretAccessKeyRead update push credential"],
  ],
  ["desiredStatus", { desiredStatus: "STOPPED" }, ["desiredStatus update"]],
  ["a time limit", { timeouts: { create: "5m", update: "7m" } }, ["timeouts.update update"]],
  ["credentialsVersion", { credentialsVersion: 2 }, ["credentialsVersion update push"]],
  ["the whole block, unknown", { amazonS3: unknownSentinel }, ["amazonS3 update push"]],
  [
    "no storage any more",
    { amazonS3: undefined, credentialFingerprints: undefined },
    ["amazonS3 update push", "secretAccessKeyRead update push credential", "accessKeyIdRead update push credential"],
  ],
])("%s", (_, after, expected) => expect(changes(after)).toEqual(expected));
