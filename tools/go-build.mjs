/** Programs that are built from Go modules of their own, pinned by a `go.mod` and `go.sum` in this repository. */
import { spawnSync } from "node:child_process";

export const exe = process.platform === "win32" ? ".exe" : "";

export function hasGo() {
  return spawnSync("go", ["version"]).status === 0;
}

/**
 * Builds a package of the module in `folder` to `output`; gives whether that went well. Go's own messages go to stderr.
 *
 * @param {{ folder: string, what: string, output: string, tags?: string, ldflags?: string }} options
 */
export function goBuild({ folder, what, output, tags, ldflags = "" }) {
  const args = ["build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", `-s -w ${ldflags}`.trim()];
  const { status } = spawnSync("go", [...args, ...(tags ? ["-tags", tags] : []), "-o", output, what], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "" },
  });
  return status === 0;
}
