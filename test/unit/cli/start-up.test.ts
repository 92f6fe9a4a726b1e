import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { Folder } from "../../support/folder.js";

/** Prints every file that a process loads. */
const telling = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({ load: (url, context, next) => (console.error("loads", url.split("/dist/").at(-1)), next(url, context)) });
`)}`;

test("--help loads nothing but itself: no command, no SDK, no schema", async () => {
  const { stdout, stderr } = await runCli(["--help"], { env: { NODE_OPTIONS: `--import "${telling}"` } });
  expect(stdout).toContain("Run pulumi-dataspace <command> --help for its flags.");
  expect(stderr.match(/(?<=loads ).+/g)).toEqual([
    "cli/main.js",
    "sdk/node-version.js",
    "cli/commands/index.js",
    "cli/terminal/streams.js",
  ]);
});

test("a command keeps what Node compiles, in the user's own folder, and --help doesn't", async () => {
  const folder = await Folder.create();
  const env = { XDG_CACHE_HOME: folder.path, NODE_COMPILE_CACHE: "" };
  const compiled = join(folder.path, "pulumi-dataspace", "compiled");
  await runCli(["--help"], { env });
  expect(existsSync(compiled)).toBe(false);
  await runCli(["schema"], { env: { ...env, NODE_DISABLE_COMPILE_CACHE: "1" } });
  expect(existsSync(compiled)).toBe(false);
  expect((await runCli(["schema"], { env })).code).toBe(0);
  expect(existsSync(compiled)).toBe(true);
  await folder.remove();
});
