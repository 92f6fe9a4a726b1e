import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("the demo runs from beginning to end, live, and well inside its time", () => {
  const root = new URL("../..", import.meta.url).pathname;
  const output = execFileSync("node", ["examples/demo/demo.ts"], { cwd: root, encoding: "utf8" });
  expect(output).toMatch(/acme creating \(\ds\) STARTING \d+m?s/);
  expect(output).toMatch(/RUNNING \d+m?s, waiting for the restart/);
  expect(output).toContain("[diff: ~credentialFingerprints]");
  expect(output.replace(/ +/g, " ")).toContain(["What the service was asked", " looks changes", ""].join("\n"));
  expect(output).toMatch(/up: one edit, and its restart is awaited +\d+ {2}1 edit\n/);
  expect(output).toMatch(/up again: nothing to do, nothing sent +0 {2}none\n/);
  expect(output).toContain("limits.restarts: 1 connector would restart (acme); --max-restarts allows 0.");
  expect(output).toMatch(/pipeline rotate: the changed key and nothing else, its restart proven +\d+ {2}1 edit\n/);
  const [, seconds] = /Everything went as it should, in (\d+) s\.\n$/.exec(output) ?? [];
  expect(Number(seconds)).toBeLessThan(90);
});
