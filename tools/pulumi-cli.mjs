/** Finds a Pulumi CLI: on PATH, else in the cache, else by the official install, else by a build from its Go module. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { userCache } from "./cache-folder.mjs";
import { exe, goBuild, hasGo } from "./go-build.mjs";

/** The version that is built, and the oldest that will do: since then `read` may return inputs, so that drift is named. */
export const builtVersion = "3.259.0";
export const oldestVersion = "3.216.0";

/** The CLI's root folder (with `bin` in it), or `undefined` when the one on PATH serves. Ends the process when there is none. */
export async function findPulumi({ modules, tools, say }) {
  const onPath = versionOf("pulumi");
  if (onPath !== undefined && isNewEnough(onPath)) return undefined;
  if (onPath !== undefined)
    say(`The pulumi on PATH is ${onPath}; ${oldestVersion} or newer is needed, so another is looked for.`);
  const cached = join(cacheFolder(), `v${builtVersion}`);
  if (versionOf(join(cached, "bin", `pulumi${exe}`)) !== undefined) return cached;
  return (await download(modules, say)) ?? build(cached, modules, tools, say) ?? giveUp(cached);
}

export function isNewEnough(version) {
  const [have, want] = [version, oldestVersion].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) if (have[index] !== want[index]) return have[index] > want[index];
  return true;
}

export function cacheFolder(env = process.env, platform = process.platform) {
  return join(userCache(env, platform), "pulumi");
}

function versionOf(program) {
  const { status, stdout } = spawnSync(program, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

async function download(modules, say) {
  say("No Pulumi CLI here yet: trying the official install (some seconds, or a quick no where there is no internet) …");
  const reachable = await fetch("https://get.pulumi.com/install.sh", {
    method: "HEAD",
    signal: AbortSignal.timeout(5_000),
  }).then(
    (response) => response.ok,
    () => false,
  );
  if (!reachable) return undefined;
  try {
    const { PulumiCommand } = await import(
      pathToFileURL(join(modules, "@pulumi", "pulumi", "automation", "index.js")).href
    );
    const installed = await PulumiCommand.install();
    return join(installed.command, "..", "..");
  } catch {
    return undefined;
  }
}

function build(target, modules, tools, say) {
  if (!hasGo()) return undefined;
  say(
    "Building the Pulumi CLI from its Go module (about 7 minutes on two cores, once: it is then kept in the cache) …",
  );
  mkdirSync(join(target, ".."), { recursive: true });
  const work = mkdtempSync(join(target, "..", "build-"));
  try {
    const bin = join(work, "bin");
    mkdirSync(bin);
    const built = goBuild({
      folder: join(tools, "pulumi-cli"),
      what: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      output: join(bin, `pulumi${exe}`),
      tags: "osusergo,grpcnotrace",
      ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${builtVersion}`,
    });
    if (!built) return undefined;
    // The engine looks beside itself for what starts dynamic providers.
    for (const name of ["pulumi-resource-pulumi-nodejs", "pulumi-resource-pulumi-nodejs.cmd"]) {
      copyFileSync(join(modules, "@pulumi", "pulumi", name), join(bin, name));
    }
    if (existsSync(target)) rmSync(target, { recursive: true, force: true });
    renameSync(work, target);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function giveUp(cached) {
  console.error(
    `No Pulumi CLI could be had: none on PATH that is ${oldestVersion} or newer, none in the cache (${cached}), the official install is out of reach, and the build from tools/pulumi-cli failed or there is no Go. ` +
      "Install Pulumi (https://www.pulumi.com/docs/install) or Go 1.25 or newer, then run the same command again.",
  );
  process.exit(1);
}
