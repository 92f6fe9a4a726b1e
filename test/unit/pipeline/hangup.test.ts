import { chmod } from "node:fs/promises";
import { expect } from "vitest";
import type { Workspace } from "@pulumi/pulumi/automation/index.js";
import { runCli } from "../../../pipeline/stack/pulumi-cli.js";
import { test } from "../../support/fixtures.js";

test("a failure of the CLI is told without the shell that keeps a hangup from it", async ({ folder }) => {
  const command = await folder.write("pulumi", "#!/bin/sh\ntrap >&2\nexit 1\n");
  await chmod(command, 0o755);
  const pulumiCommand = { command } as Workspace["pulumiCommand"];
  const run = runCli({ envVars: {}, pulumiCommand, workDir: folder.path }, ["stack", "init"]);
  await expect(run).rejects.toThrow(new RegExp(`^Command failed: ${command} stack init --non-interactive\n`));
});
