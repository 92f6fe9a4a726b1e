import { once } from "node:events";
import { expect, test } from "vitest";
import { EmulatorControl } from "../../../dist/emulator/index.js";
import { beginCli, runCli } from "../../support/cli.js";

test("it starts as its flags say, prints how to reach it, and ends at once when it is interrupted", async () => {
  const flags = ["--token", "sk-test", "--start", "1h", "--quirk", "echoSecrets=clear", "--quirk", "list=array"];
  const { child, printed, ended } = beginCli(["emulator", ...flags]);
  while (!printed().includes("Ctrl-C.")) await once(child.stdout, "data");
  const [, endpoint = "", port = ""] =
    /DATASPACE_ENDPOINT=(http:\/\/127\.0\.0\.1:(\d+)\/backend)\n/.exec(printed()) ?? [];
  const headers = { authorization: "Bearer sk-test" };
  await fetch(`${endpoint}/connectors/acme`, { method: "POST", headers, body: "{}" });
  const listed: unknown = await (await fetch(`${endpoint}/connectors`, { headers })).json();
  expect(listed).toMatchObject([{ name: "acme", status: "STARTING" }]);
  expect(await new EmulatorControl(endpoint, "sk-test").requests()).toHaveLength(2);

  expect(await runCli(["emulator", "--port", port])).toEqual({
    code: 1,
    stdout: "",
    stderr: `Could not start the emulator on port ${port} (EADDRINUSE).\nNext: Give --port another port, or leave it out for any free one.\n`,
  });
  child.kill("SIGINT");
  expect(await ended).toEqual({
    code: 0,
    stdout: `The emulator is running. Point a program at it with:

export DATASPACE_ENDPOINT=${endpoint}
export DATASPACE_TOKEN=sk-test

It keeps nothing when it ends. To end it, press Ctrl-C.
`,
    stderr: "",
  });
});

test("--with-parent ends it with stdin; --json prints how to reach it as one document", async () => {
  const { code, stdout, stderr } = await runCli(["emulator", "--with-parent", "--json", "--token", "sk-test"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    endpoint: expect.stringMatching(/^http:/) as string,
    token: "sk-test",
  });
});
