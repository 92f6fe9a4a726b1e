/** An S3-compatible server for tests: the Versity gateway, built once from its Go module into the user's cache. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { userCache } from "./cache-folder.mjs";
import { exe, goBuild, hasGo } from "./go-build.mjs";
import { withLock } from "./lock.mjs";

const folder = fileURLToPath(new URL("versitygw", import.meta.url));

/** Its program, or the reason why there is none: `{ program }` or `{ missing }`. */
export async function findVersitygw(say = console.error) {
  const version = createHash("sha256")
    .update(readFileSync(join(folder, "go.sum")))
    .digest("hex")
    .slice(0, 12);
  const program = join(userCache(), "versitygw", version, `versitygw${exe}`);
  if (existsSync(program)) return { program };
  if (!hasGo()) return { missing: "there is no Go to build the S3 server (tools/versitygw) with" };
  mkdirSync(dirname(program), { recursive: true });
  return withLock(`${program}.lock`, say, () => {
    if (existsSync(program)) return { program };
    say("Building the S3 server of the tests from its Go module (one to three minutes, once) …");
    const building = `${program}.building`;
    const built = goBuild({ folder, what: "github.com/versity/versitygw/cmd/versitygw", output: building });
    if (!built) return { missing: "the S3 server could not be built from tools/versitygw" };
    renameSync(building, program);
    return { program };
  });
}
