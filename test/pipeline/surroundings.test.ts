import { spawn, spawnSync } from "node:child_process";
import { chmod, cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";

/** A machine that lacks what others have: plain success or a sentence, and nothing in the folder where the user stands. */
const pipeline = pipelineFolder();
const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;
/** A user that no machine knows, as containers run with. */
const unknown = { uid: 54_321, gid: 54_321 };
const canBeAnother =
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ["-e", `require("fs").readFileSync(${JSON.stringify(main)})`], unknown).status === 0;
if (!canBeAnother) console.warn("Skipped: a user without an entry, because only root can run a command as one.");

let stand: string;
beforeEach(async () => {
  stand = join(pipeline.folder, "stand");
  await mkdir(stand);
  await pipeline.declare({ acme: {} });
});

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly as?: typeof unknown;
  readonly umask?: string;
}

/** Runs the command in an empty folder that it may not fill. */
async function run({ env = {}, as, umask = "022" }: Surroundings, ...args: readonly string[]) {
  const {
    HOME: _home,
    XDG_CACHE_HOME: _cache,
    TMPDIR: _tmp,
    NODE_COMPILE_CACHE: _compiled,
    ...inherited
  } = process.env;
  const home = join(pipeline.folder, "user");
  const given = { ...inherited, NO_COLOR: "1", ...pipeline.environment, HOME: home, ...env };
  const all = ["-c", `umask ${umask}; ${as ? "unset HOME; " : ""}exec "$0" "$@"`, process.execPath, main, ...args];
  const child = spawn("sh", all, { cwd: stand, env: given, stdio: ["ignore", "pipe", "pipe"], ...as });
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr, left: await readdir(stand) };
}

const up = () => ["up", "--manifest", join(pipeline.folder, "connectors.json"), "--stack", "prod", "--yes", "--quiet"];
const done = { code: 0, stdout: "   connector  status   restarts\n✓  acme       RUNNING\n", stderr: "", left: [] };

test.each<[string, Surroundings]>([
  ["HOME is empty", { env: { HOME: "" } }],
  ["HOME is relative", { env: { HOME: "home" } }],
  ["HOME is a file, and so is no place for a cache", { env: { HOME: "/dev/null" } }],
  ["the cache's folder is relative", { env: { XDG_CACHE_HOME: "cache" } }],
  ["the cache's folder can't be written", { env: { XDG_CACHE_HOME: "/dev/null/cache" } }],
  ["the mask leaves others nothing", { umask: "077" }],
])("up where %s", { timeout: 120_000 }, async (_, surroundings) => {
  expect(await run(surroundings, ...up())).toEqual(done);
});

test.each(["/nonexistent/tmp", "/dev/null"])("no folder for temporary files is said: %s", async (folder) => {
  const code = folder === "/dev/null" ? "ENOTDIR" : "ENOENT";
  expect(await run({ env: { TMPDIR: folder } }, ...up())).toEqual({
    code: 1,
    stdout: `The folder for temporary files can't be used: ${folder} (${code}).\nNext: Set TMPDIR to a folder that exists and that you may write to.\n`,
    stderr: "",
    left: [],
  });
});

/** Where root keeps the CLI, nobody else may look: another user has a copy. */
async function openForAll(): Promise<Record<string, string>> {
  const root = process.env["PULUMI_DATASPACE_CLI"];
  await chmod(pipeline.folder, 0o777);
  if (root === undefined) return {};
  await cp(join(root, "bin"), join(pipeline.folder, "cli", "bin"), { recursive: true });
  return { PULUMI_DATASPACE_CLI: join(pipeline.folder, "cli") };
}

test.skipIf(!canBeAnother)(
  "up of a user without an entry and without HOME, who may not write where they stand",
  { timeout: 120_000 },
  async () => {
    const env = await openForAll();
    expect(await run({ env, as: unknown }, "version")).toMatchObject({ code: 0, stderr: "", left: [] });
    expect(await run({ env: { ...env, PULUMI_HOME: "" }, as: unknown }, ...up())).toEqual({
      code: 1,
      stdout:
        "There is no home folder: HOME is not set, and this machine doesn't know the user.\nNext: Set HOME, or PULUMI_HOME, to a folder that you may write to.\n",
      stderr: "",
      left: [],
    });
    expect(await run({ env, as: unknown }, ...up())).toEqual(done);
  },
);

test.skipIf(!canBeAnother)(
  "reshard of a manifest that can't be written moves nothing",
  { timeout: 120_000 },
  async () => {
    const env = await openForAll();
    const manifest = join(pipeline.folder, "connectors.json");
    await chmod(manifest, 0o444);
    const args = ["reshard", "--manifest", manifest, "--stack", "prod", "--to", "2", "--yes", "--quiet"];
    const { code, stdout, stderr } = await run({ env, as: unknown }, ...args);
    expect({ code, said: stdout + stderr }).toEqual({
      code: 1,
      said: `The new number of shards can't be written to ${manifest}; nothing was moved.\nWhy: EACCES: permission denied, access '${manifest}'\nNext: Make the file writable, and run the same command again.\n`,
    });
    // Not even a stack was made.
    expect(await readdir(pipeline.folder)).not.toContain(".pulumi");
  },
);
