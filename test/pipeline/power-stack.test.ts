import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { test as base } from "../support/fixtures.js";

const test = base.extend(
  "run",
  ({ emulator, folder }) =>
    (...args: string[]) =>
      runCli([...args, "--stack", "prod", "--yes", "--quiet"], {
        cwd: folder.path,
        env: {
          DATASPACE_TOKEN: emulator.token,
          PULUMI_BACKEND_URL: `file://${folder.path}`,
          PULUMI_CONFIG_PASSPHRASE: "test",
        },
      }),
);

test.beforeEach(async ({ folder, emulator }) => {
  await folder.write("policy.yaml", 'version: 1\nuntouchable: ["globex"]\n');

  await folder.write(
    "connectors.yaml",
    `version: 1
project: acme-dataspace
endpoint: ${emulator.endpoint}
policy: ./policy.yaml
connectors:
  acme: { name: acme-edc }
  globex: { desiredStatus: STOPPED }
`,
  );
});

test("on a connector that a stack manages it is said what the next up undoes; the manifest's endpoint and policy hold", async ({
  emulator,
  run,
}) => {
  expect(await run("up")).toMatchObject({ code: 0 });
  emulator.interfere("stranger", { create: {} });
  emulator.clearRequests();

  expect(await run("stop", "acme-edc")).toEqual({
    code: 0,
    stdout: `   connector        status   restarts
✓  acme (acme-edc)  STOPPED

Warning: Connector "acme-edc" is declared RUNNING in the stack (as acme): it will be STOPPED, and the next pulumi-dataspace up (or pulumi up --refresh) starts it again.
`,
    stderr: "",
  });
  expect(await run("stop", "stranger")).toEqual({
    code: 0,
    stdout: "   connector  status   restarts\n✓  stranger   STOPPED\n",
    stderr: "",
  });
  expect(await run("fail", "globex", "--json")).toMatchObject({ code: 3 });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme-edc/stop 200", "GET /connectors/stranger/stop 200"]);

  emulator.clearRequests();
  expect(await run("up")).toMatchObject({ code: 0 });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme-edc/start 200"]);
});

test("a stack that isn't there", async ({ emulator, run }) => {
  const { code, stderr } = await run("stop", "acme");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `There is no stack "prod" in this backend.
Next: Check --stack and PULUMI_BACKEND_URL; pulumi stack ls --all lists what there is.
`,
  });
  expect(emulator.requestLines()).toEqual([]);
});
