import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
// @ts-expect-error -- the set-up's own files are plain JavaScript: they run before anything is installed
import { userCache } from "../../tools/cache-folder.mjs";
// @ts-expect-error -- as above
import { exe, goBuild, hasGo } from "../../tools/go-build.mjs";

export interface Terraform {
  readonly name: string;
  readonly program: string;
  readonly version: string;
}

type Missing = { readonly missing: string };

const peers = fileURLToPath(new URL("../peers", import.meta.url));
/** Beside the Pulumi CLI that the set-up builds, outside of the checkout. */
const cache = join((userCache as () => string)(), "bench");

/** `terraform` where it is on PATH, else OpenTofu: on PATH, in the cache, or built from its Go module. */
export function findTerraform(): Promise<Terraform | Missing> {
  return once("tool", () => {
    for (const program of ["terraform", "tofu"]) {
      const version = versionOf(program);
      if (version !== undefined) return { name: program, program, version };
    }
    const built = build("opentofu", `tofu${exe}`, "github.com/opentofu/opentofu/cmd/tofu", "several minutes");
    if ("missing" in built) return { missing: `no terraform or tofu on PATH, and ${built.missing}` };
    const version = versionOf(built.program);
    return version === undefined
      ? { missing: `${built.program} does not run` }
      : { name: "tofu", program: built.program, version };
  });
}

/** The folder with the provider's binary, as `dev_overrides` wants it. */
export function providerFolder(): Promise<{ readonly folder: string } | Missing> {
  return once("provider", () => {
    const built = build("terraform", `terraform-provider-dataspace${exe}`, ".", "about a minute");
    return "missing" in built ? built : { folder: dirname(built.program) };
  });
}

const found = new Map<string, Promise<unknown>>();

/** Three rows ask for the same. */
function once<T>(key: string, work: () => T): Promise<T> {
  const known = found.get(key) ?? Promise.resolve(work());
  found.set(key, known);
  return known as Promise<T>;
}

function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ["version", "-json"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  if (status !== 0) return undefined;
  // Warnings about the user's own configuration may come first.
  const json = stdout.slice(stdout.indexOf("{"));
  return (JSON.parse(json) as { terraform_version: string }).terraform_version;
}

/** Builds a peer's program into the cache, once for each state of its sources. */
function build(peer: string, binary: string, what: string, takes: string): { readonly program: string } | Missing {
  const sources = join(peers, peer);
  const program = join(cache, `${peer}-${hashOf(sources)}`, binary);
  if (existsSync(program)) return { program };
  if (!(hasGo as () => boolean)()) return { missing: `there is no Go to build ${binary} with` };
  console.log(`[bench] Building ${binary} from bench/peers/${peer} (${takes}, once) into ${dirname(program)} …`);
  mkdirSync(dirname(program), { recursive: true });
  const built = (goBuild as (options: object) => boolean)({ folder: sources, what, output: program });
  return built ? { program } : { missing: `${binary} could not be built from bench/peers/${peer}` };
}

function hashOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 12);
}
