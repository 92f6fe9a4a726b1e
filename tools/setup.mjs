/**
 * Sets up a clone: `node tools/setup.mjs [--no-cli] [-- command …]`. Needs nothing but some Node 18+ with npm. Each step runs
 * only when it is due, says what it does, and with nothing due this takes well under a second. The command then runs with the
 * project's own Node first on PATH.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPulumi } from "./pulumi-cli.mjs";
import { withLock } from "./lock.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const sources = "provider sdk pipeline cli emulator generated tsconfig.json tsconfig.build.json package-lock.json"
  .split(" ")
  .concat("tools/bundle.mjs", "tools/undici-parts.mjs");

const separator = process.argv.indexOf("--");
const flags = process.argv.slice(2, separator === -1 ? undefined : separator);
const command = separator === -1 ? [] : process.argv.slice(separator + 1);

const pulumiRoot = await withLock(join(root, ".setup.lock"), say, async () => {
  install();
  provideNode();
  build();
  link();
  return flags.includes("--no-cli") ? undefined : findPulumi({ modules, tools: join(root, "tools"), say });
});
if (command.length > 0) await run(command);

function install() {
  const stamp = join(modules, ".setup-installed");
  const wanted = hashOf(["package-lock.json"]);
  if (readOr(stamp) === wanted) return;
  say("Installing the packages of package-lock.json (about a minute) …");
  must("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, wanted);
}

/** The npm package `node` fetches its binary by an install script, which newer versions of npm hold back. */
function provideNode() {
  const binary = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(binary)) return;
  say("Fetching the project's own Node: npm has held back the package's install script …");
  must(process.execPath, ["installArchSpecificPackage.js"], join(modules, "node"));
}

function build() {
  const stamp = join(root, "dist", ".built");
  const wanted = hashOf(sources);
  if (readOr(stamp) === wanted) return;
  say("Building dist/ (the sources have changed; some seconds) …");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  must(process.execPath, [join(modules, "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"]);
  must(process.execPath, [join(root, "tools", "bundle.mjs")]);
  writeFileSync(stamp, wanted);
}

/**
 * Examples and tests import this package by its name, as users do. A real folder, because Pulumi follows a link to the
 * whole clone, where it would search everything.
 */
function link() {
  const self = join(modules, "pulumi-dataspace");
  if (existsSync(join(self, "dist"))) return;
  rmSync(self, { recursive: true, force: true });
  mkdirSync(self, { recursive: true });
  symlinkSync(join("..", "..", "package.json"), join(self, "package.json"));
  symlinkSync(join("..", "..", "dist"), join(self, "dist"), "junction");
}

async function run([program, ...args]) {
  const env = { ...process.env, PATH: [join(modules, ".bin"), process.env.PATH].join(delimiter) };
  if (pulumiRoot !== undefined) env.PULUMI_DATASPACE_CLI = pulumiRoot;
  const child = spawn(program, args, { cwd: root, env, stdio: "inherit", shell: process.platform === "win32" });
  // In a terminal the signal reaches the child, too: this process only waits for how it ends.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`${program} can't be run: ${error.message}`);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function hashOf(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(root, path);
    let names;
    try {
      names = readdirSync(full).sort();
    } catch {
      if (existsSync(full)) hash.update(`${path}\0`).update(readFileSync(full));
      return;
    }
    for (const name of names) add(join(path, name));
  };
  for (const path of paths) add(path);
  return hash.digest("hex");
}

function must(program, args, cwd = root) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (status === 0) return;
  console.error(
    `The set-up ends here: ${program} ${args.join(" ")} ${error ? `can't be run (${error.message})` : `failed (${status})`}.`,
  );
  process.exit(1);
}

function readOr(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function say(text) {
  console.error(`[setup] ${text}`);
}
