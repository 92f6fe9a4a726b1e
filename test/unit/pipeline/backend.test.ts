import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Folder } from "../../support/folder.js";
import { backendAt, backendUrl, fromAnywhere } from "../../../pipeline/stack/backend.js";

test.each([
  ["file:///srv/state", { kind: "folder", folder: "/srv/state" }],
  ["file:///srv/state?no_tmp_dir=true", { kind: "folder", folder: "/srv/state" }],
  ["file://~", { kind: "folder", folder: homedir() }],
  ["file://~/state", { kind: "folder", folder: join(homedir(), "state") }],
  ["file://~x", { kind: "folder", folder: "/srv/~x" }],
  ["file://.", { kind: "folder", folder: "/srv" }],
  ["file://./of state", { kind: "folder", folder: "/srv/of state" }],
  ["s3://state?region=eu-central-1", { kind: "bucket" }],
  ["azblob://state", { kind: "bucket" }],
  ["postgres://tests@127.0.0.1/postgres", { kind: "bucket" }],
  ["https://api.pulumi.com", { kind: "service" }],
  [undefined, { kind: "service" }],
])("%s keeps state as %o", (url, backend) => {
  expect(backendAt(url, "/srv")).toEqual(backend);
});

test.each([
  ["file://.", "file:///srv"],
  ["file://", "file:///srv"],
  ["file://./of state", "file:///srv/of state"],
  ["file://../x?no_tmp_dir=true", "file:///x?no_tmp_dir=true"],
  ["file://~x", "file:///srv/~x"],
])("%s is %s for a CLI that runs elsewhere", (url, absolute) => {
  expect(fromAnywhere(url, "/srv")).toBe(absolute);
});

test.each(["file:///srv/state", "file://~", "file://~/state", "s3://state", "https://api.pulumi.com", ""])(
  "%s is the same from everywhere",
  (url) => {
    expect(fromAnywhere(url, "/srv")).toBe(url);
  },
);

let home: Folder;
beforeAll(async () => {
  home = await Folder.create();
  await home.write("credentials.json", JSON.stringify({ current: "s3://login" }));
  for (const name of ["none", "broken"]) await mkdir(join(home.path, name));
  await home.write("none/credentials.json", JSON.stringify({ current: "" }));
  await home.write("broken/credentials.json", "{");
});
afterAll(() => home.remove());

test.each([
  ["the environment first", { PULUMI_BACKEND_URL: "s3://env" }, "s3://project", "s3://env"],
  ["then the project", {}, "s3://project", "s3://project"],
  ["then the login", {}, undefined, "s3://login"],
  ["an empty variable is not set", { PULUMI_BACKEND_URL: "" }, "s3://project", "s3://project"],
  ["an empty variable is not set, nor is an empty project", { PULUMI_BACKEND_URL: "" }, "", "s3://login"],
  ["no login", { PULUMI_HOME: "none" }, undefined, undefined],
  ["a broken login", { PULUMI_HOME: "broken" }, undefined, undefined],
  ["no home", { PULUMI_HOME: "missing" }, undefined, undefined],
])("the backend's URL: %s", async (_, env: NodeJS.ProcessEnv, project, url) => {
  const folder = join(home.path, env["PULUMI_HOME"] ?? "");
  expect(await backendUrl({ ...env, PULUMI_HOME: folder }, project)).toBe(url);
});
