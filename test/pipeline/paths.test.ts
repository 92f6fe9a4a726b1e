import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { pipelineFolder } from "../support/pipeline.js";

const pipeline = pipelineFolder();

/** A manifest in `fleet`, and a folder of work whose name has a space, entered through a symbolic link. */
async function placed() {
  const { folder } = pipeline;
  for (const name of ["fleet", "of work", "of work/state"]) await mkdir(join(folder, name));
  await symlink(join(folder, "of work"), join(folder, "link"));
  const key = { fromCommand: ["cat", "creds.json"], key: "key" };
  const amazonS3 = {
    bucketName: "acme",
    region: "eu-central-1",
    accessKeyIdRead: key,
    secretAccessKeyRead: { fromFile: "secret" },
    accessKeyIdWrite: key,
    secretAccessKeyWrite: key,
  };
  await pipeline.declare({ acme: { amazonS3 } }, {}, join(folder, "fleet/connectors.json"));
  await pipeline.write("fleet/creds.json", JSON.stringify({ key: "the-key-1" }));
  await pipeline.write("fleet/secret", "the-secret-1");
  await pipeline.write("of work/token", pipeline.emulator.token);
  await pipeline.write("of work/word", "a passphrase for tests");
  const { DATASPACE_TOKEN: _, PULUMI_CONFIG_PASSPHRASE: __, ...rest } = pipeline.environment;
  const env = {
    ...rest,
    DATASPACE_TOKEN_FILE: "token",
    PULUMI_CONFIG_PASSPHRASE_FILE: "./word",
    PULUMI_HOME: "../home",
    PULUMI_BACKEND_URL: "file://./state",
  };
  const from = (place: string, more: Record<string, string>, ...args: readonly string[]) =>
    runCli(args, { cwd: join(folder, place), env: { ...env, ...more } });
  return { folder, env, from };
}

const up = ["up", "--manifest", "../fleet/connectors.json", "--stack", "prod", "--yes"] as const;

test("every relative path begins where the user stands, those of a manifest where it is; doctor looks there, too", async () => {
  const { folder, from } = await placed();
  expect(await from("link", {}, "doctor")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`file://${folder}/of work/state is writable`) as string,
  });
  expect(await from("link", {}, ...up)).toMatchObject({ code: 0 });
  expect(pipeline.emulator.connector("acme")?.payload).toMatchObject({
    accessKeyIdRead: "the-key-1",
    secretAccessKeyRead: "the-secret-1",
  });
  expect(await readdir(join(folder, "of work/state"))).toContain(".pulumi");
  expect(await readdir(join(folder, "of work"))).toEqual(["state", "token", "word"]);

  // A command for the token, and the state where one stands.
  await cp(join(folder, "of work/state"), join(folder, "of work"), { recursive: true });
  const again = await from(
    "of work",
    { DATASPACE_TOKEN_FILE: "", DATASPACE_TOKEN_COMMAND: "cat token", PULUMI_BACKEND_URL: "file://." },
    ...up,
  );
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("unchanged") as string });
});

test("a login to a relative folder is one to the folder where the user stands", async () => {
  const { folder, from } = await placed();
  await mkdir(join(folder, "home"));
  await pipeline.write("home/credentials.json", JSON.stringify({ current: "file://./state" }));
  expect(await from("of work", { PULUMI_BACKEND_URL: "" }, ...up)).toMatchObject({ code: 0 });
  expect(await readdir(join(folder, "of work/state"))).toContain(".pulumi");
});
