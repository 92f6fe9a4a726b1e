/** The whole suite: the checks, then every test. The last line, alone, is `N passed, N failed`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChecks } from "./checks.mjs";

const checks = runChecks();
const folder = mkdtempSync(join(tmpdir(), "pulumi-dataspace-report-"));
const report = join(folder, "report.json");
const { status } = spawnSync(
  "vitest",
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {
    stdio: "inherit",
    shell: process.platform === "win32",
  },
);
const tests = readReport();
rmSync(folder, { recursive: true, force: true });

const passed = checks.passed + tests.passed;
// A suite that ends badly without a failed test (an error outside of any) has failed all the same.
const failed = checks.failed + (status !== 0 && tests.failed === 0 ? 1 : tests.failed);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ""}`);

function readReport() {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, testResults } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    const broken = testResults.filter(
      ({ status: end, assertionResults }) => end === "failed" && assertionResults.length === 0,
    ).length;
    return {
      passed: numPassedTests,
      failed: numFailedTests + broken || (numFailedTestSuites > 0 ? 1 : 0),
      skipped: numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
