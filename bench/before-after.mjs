/**
 * Compares making connectors, without any fault, in this tree and in an older one, both in the same minutes:
 * `node bench/before-after.mjs [REF] [--connectors 100] [--provider 15] [--engine 5]` (rounds of each; 0: leave it out).
 * Ends badly where the median of this tree is more than 5% above that of the older one.
 */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    connectors: { type: "string", default: "100" },
    provider: { type: "string", default: "15" },
    engine: { type: "string", default: "5" },
  },
});
/** The last commit before the work on faults, leaks and limits. */
const [ref = "219bb8f"] = positionals;
const most = 1.05;

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "pulumi-dataspace-before-"));
const before = join(folder, "tree");
try {
  prepare();
  const rows = [];
  for (const level of ["provider", "engine"]) {
    const rounds = Number(values[level]);
    if (rounds > 0) rows.push(...(await compare(level, rounds)));
  }
  console.log(
    `${values.connectors} connectors, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`,
  );
  console.table(rows);
  if (rows.some(({ what, ratio }) => what.endsWith("wall") && ratio > most)) {
    console.error(`More than ${most} times what it was.`);
    process.exitCode = 1;
  }
} finally {
  execFileSync("git", ["worktree", "remove", "--force", before], { cwd: root, stdio: "ignore" });
  rmSync(folder, { recursive: true, force: true });
}

/** The older tree, with this one's packages (undici's and zod's versions are thus the same) and itself under its name. */
function prepare() {
  execFileSync("git", ["worktree", "add", "--detach", before, ref], { cwd: root, stdio: "ignore" });
  const modules = join(before, "node_modules");
  mkdirSync(join(modules, "pulumi-dataspace"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "pulumi-dataspace") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  for (const name of ["package.json", "dist"]) symlinkSync(join(before, name), join(modules, "pulumi-dataspace", name));
  execFileSync(process.execPath, [join(modules, "typescript/bin/tsc"), "-p", "tsconfig.build.json"], { cwd: before });
  mkdirSync(join(before, "bench"), { recursive: true });
  cpSync(join(import.meta.dirname, "create-many.mjs"), join(before, "bench/create-many.mjs"));
}

/** One after the other in turns, so that whatever else the machine does meets both; a first round of each doesn't count. */
async function compare(level, rounds) {
  const taken = { before: [], after: [] };
  for (let round = 0; round <= rounds; round++) {
    const turns = round % 2 === 0 ? ["before", "after"] : ["after", "before"];
    for (const tree of turns) {
      const result = await once(tree === "before" ? before : root, level);
      if (round > 0) taken[tree].push(result);
    }
  }
  return ["wall", ...(level === "provider" ? ["cpu"] : [])].map((what) => {
    const of = (tree) => taken[tree].map((each) => each[`${what}Ms`]).sort((a, b) => a - b);
    const [old, now] = [median(of("before")), median(of("after"))];
    const spread = (tree) => `${Math.round(of(tree)[0])}–${Math.round(of(tree).at(-1))}`;
    return {
      what: `${level}, ${what}`,
      rounds,
      [`${ref} ms`]: Math.round(old),
      "now ms": Math.round(now),
      ratio: Number((now / old).toFixed(3)),
      "all of before": spread("before"),
      "all of now": spread("after"),
    };
  });
}

/** One run against an emulator of its own: this tree's, for both. */
async function once(tree, level) {
  const emulator = spawn(
    process.execPath,
    [join(root, "dist/cli/main.js"), "emulator", "--start", "100ms", "--with-parent"],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  try {
    let text = "";
    for await (const chunk of emulator.stdout) if ((text += chunk).includes("Ctrl-C.")) break;
    const settings = Object.fromEntries(
      [...text.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    const output = execFileSync(process.execPath, ["bench/create-many.mjs", level, values.connectors], {
      cwd: tree,
      env: { ...process.env, ...settings },
      // A pipe that ends would say that the engine has died.
      stdio: ["ignore", "pipe", "inherit"],
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(output.trim().split("\n").at(-1));
  } finally {
    emulator.kill();
  }
}

function median(sorted) {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
