import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { s3 } from "../../support/connectors.js";

let emulator: Emulator;

beforeEach(async () => {
  emulator = await Emulator.start();
  for (const name of ["a", "b", "c"]) emulator.interfere(name, { create: s3() });
});
afterEach(() => emulator.close());

/** Runs a script of a user's, from built output, in a process that nobody ends. */
async function run(script: string): Promise<{ printed: string; ended: unknown }> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: new URL("../../..", import.meta.url).pathname,
    env: { ...process.env, DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token },
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 20_000,
  });
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  return { printed, ended: signal ?? code };
}

test("a script that looks connectors up ends by itself", async () => {
  const { printed, ended } = await run(`
    import { getConnector, getConnectors } from "pulumi-dataspace";
    const names = (await getConnectors()).map(({ name }) => name);
    console.log(names.join(), (await getConnector("a")).status);
  `);
  expect(printed).toBe("a,b,c RUNNING\n");
  expect(ended).toBe(0);
  expect(emulator.requestLines()).toEqual(["GET /connectors 200", "GET /connectors 200"]);
});

test("so does one that drives the provider itself, with stdin still open and connections kept alive", async () => {
  const { printed, ended } = await run(`
    import { provider } from "pulumi-dataspace/dynamic-runtime";
    await provider.configure({ config: { get: () => undefined } });
    const read = await provider.read("a", { name: "a", status: "RUNNING" });
    console.log(read.props.status);
  `);
  expect(printed).toBe("RUNNING\n");
  expect(ended).toBe(0);
});
