import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oldestCli } from "../../pipeline/doctor/machine.js";
// @ts-expect-error -- the set-up's own files are plain JavaScript: they run before anything is installed
import { oldestVersion } from "../../tools/pulumi-cli.mjs";
import { beginCli, runCli } from "../support/cli.js";
import { DoctorBench } from "../support/doctor.js";

let bench: DoctorBench;
let emulator: DoctorBench["emulator"];
let folder: DoctorBench["folder"];
let pulumi: DoctorBench["pulumi"];
let env: DoctorBench["env"];
let lines: DoctorBench["lines"];
let doctor: DoctorBench["doctor"];

beforeEach(async () => {
  bench = await DoctorBench.start();
  ({ emulator, folder, pulumi, env, lines, doctor } = bench);
});
afterEach(() => bench.end());

test("a token that no endpoint binds, whatever account it is of", async () => {
  const more = {
    DATASPACE_B_TOKEN_FILE: "b.txt",
    DATASPACE_C_TOKEN: "sk-c",
    DATASPACE_C_ENDPOINT: "https://c.example",
  };
  const { code, stdout } = await doctor({
    ...more,
    DATASPACE_D_CLIENT_SECRET: "a",
    DATASPACE_D_ENDPOINT: "https://d.example",
  });
  expect(code).toBe(0);
  expect(stdout.split("\n").filter((line) => line.startsWith("!"))).toEqual(
    [
      ["DATASPACE_B_TOKEN_FILE", "DATASPACE_B_ENDPOINT"],
      ["DATASPACE_D_CLIENT_SECRET", "DATASPACE_D_TOKEN_URL"],
    ].map(
      ([token, address]) =>
        `! token       ${token} is set without ${address}, so a manifest or a stack's config decides where it is sent. Next: Set ${address} where ${token} is set.`,
    ),
  );
  expect((await doctor({ DATASPACE_ENDPOINT: "" })).stdout).toContain(
    "! token       DATASPACE_TOKEN is set without DATASPACE_ENDPOINT, so a",
  );
});

describe("the CLI", () => {
  test("none on PATH", async () => {
    expect(await doctor({ PATH: folder.path })).toMatchObject({
      code: 1,
      stdout: lines({
        CLI: "✗ pulumi is not on PATH. Next: Install it (https://www.pulumi.com/docs/install), or add it to PATH.",
      }),
    });
  });

  test("an old one", async () => {
    await pulumi("echo v3.99.9");
    expect(await doctor()).toMatchObject({
      code: 1,
      stdout: lines({ CLI: `✗ pulumi 3.99.9 is older than ${oldestCli}. Next: Install ${oldestCli} or newer.` }),
    });
    expect(oldestCli).toBe(oldestVersion);
  });

  test.each(["v3.216.0", "v3.260.0-alpha.1+abc", "v4.0.0"])("%s will do", async (version) => {
    await pulumi(`echo ${version}`);
    expect(await doctor()).toMatchObject({ code: 0, stdout: lines({ CLI: `✓ pulumi ${version.slice(1)}` }) });
  });

  test.each([
    ["echo no such library >&2; exit 127", "no such library"],
    ["exit 3", "it exits 3"],
    ["echo hello", "it prints no version"],
  ])("one that can't be used: %s", async (script, why) => {
    await pulumi(script);
    expect(await doctor()).toMatchObject({
      code: 1,
      stdout: lines({ CLI: `✗ pulumi version fails: ${why}. Next: Reinstall pulumi.` }),
    });
  });

  test("the one that PULUMI_DATASPACE_CLI names", async () => {
    expect(await doctor({ PATH: folder.path, PULUMI_DATASPACE_CLI: folder.path })).toMatchObject({ code: 0 });
  });
});

describe("backend and passphrase", () => {
  test("a folder that isn't there, and one that is a file", async () => {
    const missing = `file://${folder.path}/missing`;
    expect(await doctor({ PULUMI_BACKEND_URL: missing })).toMatchObject({
      code: 1,
      stdout: lines({
        backend: `✗ ${missing} is not a writable folder (ENOENT). Next: Create the folder, or correct PULUMI_BACKEND_URL.`,
      }),
    });
    const file = `file://${await folder.write("state", "")}`;
    expect((await doctor({ PULUMI_BACKEND_URL: file })).stdout).toContain(
      `${file} is not a writable folder (ENOTDIR).`,
    );
  });

  test("none is chosen, and one that pulumi login remembers", async () => {
    expect(await doctor({ PULUMI_BACKEND_URL: "" })).toMatchObject({
      code: 1,
      stdout: lines({
        backend:
          "✗ no backend is set. Next: Set PULUMI_BACKEND_URL, e.g. to s3://bucket or file:///srv/state, or run pulumi login.",
      }),
    });
    await folder.write("credentials.json", '{ "current": "https://api.pulumi.com" }');
    expect(await doctor({ PULUMI_BACKEND_URL: "" })).toMatchObject({
      code: 0,
      stdout: lines({
        backend: "✓ https://api.pulumi.com/, not contacted",
        passphrase: "✓ not needed with this backend",
      }),
    });
  });

  test("a remote one isn't asked, and its password isn't shown", async () => {
    expect(await doctor({ PULUMI_BACKEND_URL: "postgres://me:hunter2@db.invalid/state?sslmode=off" })).toMatchObject({
      code: 0,
      stdout: lines({ backend: "✓ postgres://db.invalid/state, not contacted" }),
    });
  });

  test("no passphrase, one in a file, and a file that isn't there", async () => {
    const { PULUMI_CONFIG_PASSPHRASE: _, ...rest } = env();
    expect(await runCli(["doctor"], { env: rest })).toMatchObject({
      code: 1,
      stdout: lines({
        passphrase:
          "✗ neither PULUMI_CONFIG_PASSPHRASE nor PULUMI_CONFIG_PASSPHRASE_FILE is set. Next: Set one of them. Only stacks created with --secrets-provider need neither.",
      }),
    });
    const PULUMI_CONFIG_PASSPHRASE_FILE = await folder.write("passphrase", "hunter2");
    expect(await runCli(["doctor"], { env: { ...rest, PULUMI_CONFIG_PASSPHRASE_FILE } })).toMatchObject({
      code: 0,
      stdout: lines({ passphrase: "✓ set by PULUMI_CONFIG_PASSPHRASE_FILE" }),
    });
    const missing = join(folder.path, "missing");
    expect(await runCli(["doctor"], { env: { ...rest, PULUMI_CONFIG_PASSPHRASE_FILE: missing } })).toMatchObject({
      code: 1,
      stdout: lines({
        passphrase: `✗ ${missing} can't be read (ENOENT). Next: Correct PULUMI_CONFIG_PASSPHRASE_FILE.`,
      }),
    });
  });
});

test("interrupted: exit 130", async () => {
  emulator.fault({ call: "list", do: "hang" });
  const { child, ended } = beginCli(["doctor"], { env: env() });
  await emulator.waitFor(({ call }) => call === "list");
  child.kill("SIGINT");
  expect(await ended).toEqual({
    code: 130,
    stdout: "",
    stderr: "Interrupted; nothing was changed.\nNext: Run the same command again.\n",
  });
});
