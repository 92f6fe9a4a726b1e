/** What must hold before a change is good, apart from the tests: one row each. Run alone by `npm run check`. */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

const rows = [
  ["generated files are fresh", "node tools/generate.ts --check"],
  ["types", "tsc --noEmit -p ."],
  ["lint", "oxlint --type-aware --deny-warnings"],
  ["format", "prettier --check --log-level warn ."],
  ["import directions", "depcruise --config .dependency-cruiser.mjs provider sdk pipeline cli emulator"],
  ["nothing unused", "knip"],
  ["lockfile", "node tools/check-lockfile.mjs"],
  ["package", "publint --strict"],
  ["package's types", "attw --pack . --profile esm-only"],
];

/** Runs all; gives the number of passed and failed ones. */
export function runChecks() {
  let failed = 0;
  for (const [name, command] of rows) {
    const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: "utf8" });
    console.log(`${status === 0 ? "✓" : "✗"} ${name}`);
    if (status === 0) continue;
    failed++;
    console.log(`  ${command}\n${stdout}${stderr}`);
  }
  return { passed: rows.length - failed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && runChecks().failed > 0) process.exitCode = 1;
