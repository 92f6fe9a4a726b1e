import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { EmulatorControl } from "pulumi-dataspace/emulator";

const command = join(
  dirname(createRequire(import.meta.url).resolve("pulumi-dataspace/package.json")),
  "dist/cli/main.js",
);

export interface EmulatorProcess {
  readonly control: EmulatorControl;
  readonly pid: number | undefined;
  end(): Promise<void>;
}

/** Starts `pulumi-dataspace emulator` in a separate process, which exits with this one. */
export async function startEmulator(...flags: readonly string[]): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, [command, "emulator", "--with-parent", ...flags], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const settings: Record<string, string> = {};
  for await (const line of createInterface(child.stdout)) {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) settings[name] = value;
    const { DATASPACE_ENDPOINT: endpoint, DATASPACE_TOKEN: token } = settings;
    if (endpoint === undefined || token === undefined) continue;
    return {
      control: new EmulatorControl(endpoint, token),
      pid: child.pid,
      end: () => {
        child.stdin.end();
        return ended;
      },
    };
  }
  throw new Error("the emulator exited before it was ready");
}
