/** Copied into an installed project: runs one of its programs there, in the real engine against the installed emulator. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Emulator } from "pulumi-dataspace/emulator";
import { openStack } from "../../examples/demo/stack.ts";

const [, , program = "index.ts"] = process.argv;
const emulator = await Emulator.start({ startMs: 300, stopMs: 100, lagMs: 300 });
const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-package-"));
try {
  const stack = await openStack({
    project: "quickstart",
    program: async () => ({ ...(await import(pathToFileURL(resolve(program)).href)) }),
    folder,
    modulesIn: process.cwd(),
    env: { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token },
  });
  for (const name of ["accessKeyIdRead", "secretAccessKeyRead", "accessKeyIdWrite", "secretAccessKeyWrite"]) {
    await stack.setConfig(`quickstart:${name}`, { value: `a-value-of-${name}`, secret: true });
  }
  const { outputs } = await stack.up();
  console.log(JSON.stringify(outputs["statuses"]?.value));
  await stack.destroy();
  console.log(
    emulator
      .requestLines()
      .filter((line) => !/^GET \/connectors(\/[\w-]+)? /.test(line))
      .sort()
      .join("\n"),
  );
} finally {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
}
