import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error -- the set-up's own files are plain JavaScript: they run before anything is installed
import { cacheFolder } from "../../tools/pulumi-cli.mjs";

const module = new URL("../../tools/actionlint/", import.meta.url).pathname;

export const hasGo = spawnSync("go", ["version"]).status === 0;

/** actionlint at the version of tools/actionlint/go.mod, built once into the user's own cache folder (some seconds). */
export function actionlint(): string {
  const [, version] = /rhysd\/actionlint v(\S+)/.exec(readFileSync(join(module, "go.mod"), "utf8")) ?? [];
  const folder = join((cacheFolder as () => string)(), "..", "actionlint", `v${version}`);
  const program = join(folder, process.platform === "win32" ? "actionlint.exe" : "actionlint");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, "build-"));
  try {
    const built = join(work, "actionlint");
    const { status, stderr } = spawnSync(
      "go",
      ["build", "-mod=readonly", "-trimpath", "-o", built, "github.com/rhysd/actionlint/cmd/actionlint"],
      { cwd: module, encoding: "utf8", env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "" } },
    );
    if (status !== 0) throw new Error(`actionlint could not be built:\n${stderr}`);
    renameSync(built, program);
    return program;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
