import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("the demo runs to the end with live output", () => {
  const root = new URL("../..", import.meta.url).pathname;
  const output = execFileSync("node", ["examples/demo/demo.ts"], { cwd: root, encoding: "utf8" });
  expect(output).toMatch(/acme creating \(\ds\) STARTING \d+m?s/);
  expect(output).toMatch(/RUNNING \d+m?s, waiting for the restart/);
  expect(output).toContain("[diff: ~credentialFingerprints]");
  expect(output.replace(/ +/g, " ")).toContain(["Requests to the service", " reads changes", ""].join("\n"));
  expect(output).toMatch(/up: sends one edit and waits for the restart +\d+ {2}1 edit\n/);
  expect(output).toMatch(/up again: nothing to do, no requests +0 {2}none\n/);
  expect(output).toContain("limits.restarts: 1 connector would restart (acme); --max-restarts allows 0.");
  expect(output).toMatch(/pipeline rotate: sends only the changed key, proves the restart +\d+ {2}1 edit\n/);
  expect(output).toMatch(/Everything went as expected, in \d+ s\.\n$/);
});
