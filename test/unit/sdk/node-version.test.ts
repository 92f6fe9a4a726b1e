import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const root = new URL("../../..", import.meta.url).pathname;

/** Loads the package as the given version of Node.js would say of itself. */
function loadAs(version: string) {
  const pretend = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} })`;
  const { status, stderr } = spawnSync(
    "node",
    ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, "--eval", 'import("pulumi-dataspace")'],
    { cwd: root, encoding: "utf8" },
  );
  return { status, stderr };
}

test.each(["18.20.0", "20.19.5", "22.18.9"])("Node.js %s is told in one sentence that it is too old", (version) => {
  const { status, stderr } = loadAs(version);
  expect(status).not.toBe(0);
  expect(stderr).toContain(`Error: pulumi-dataspace needs Node.js 22.19 or newer; this is ${version}.`);
});

test.each(["22.19.0", "24.0.0", "26.1.0"])("Node.js %s will do", (version) => {
  expect(loadAs(version)).toEqual({ status: 0, stderr: "" });
});
