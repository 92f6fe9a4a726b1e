import { homedir } from "node:os";
import { expect, test } from "vitest";
import { backendAt } from "../../../pipeline/stack/backend.js";

test.each([
  ["file:///srv/state", { kind: "folder", folder: "/srv/state" }],
  ["file:///srv/state?no_tmp_dir=true", { kind: "folder", folder: "/srv/state" }],
  ["file://~", { kind: "folder", folder: homedir() }],
  ["file://.", { kind: "folder", folder: process.cwd() }],
  ["s3://state?region=eu-central-1", { kind: "bucket" }],
  ["azblob://state", { kind: "bucket" }],
  ["postgres://tests@127.0.0.1/postgres", { kind: "bucket" }],
  ["https://api.pulumi.com", { kind: "service" }],
  [undefined, { kind: "service" }],
])("%s keeps state as %o", (url, backend) => {
  expect(backendAt(url)).toEqual(backend);
});
