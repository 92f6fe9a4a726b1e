import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { runCli, type CliOutcome } from "./cli.js";
import { Folder } from "./folder.js";

/** A machine on which all is well, and what doctor says of it. */
export class DoctorBench {
  private constructor(
    readonly emulator: Emulator,
    readonly folder: Folder,
  ) {}

  static async start(): Promise<DoctorBench> {
    const emulator = await Emulator.start();
    emulator.interfere("acme", { create: {} });
    const bench = new DoctorBench(emulator, await Folder.create());
    await bench.pulumi("echo v3.259.0");
    for (const name of ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_DATASPACE_CLI"])
      vi.stubEnv(name, undefined);
    return bench;
  }

  async end(): Promise<void> {
    vi.unstubAllEnvs();
    await this.folder.remove();
    await this.emulator.close();
  }

  /** Puts a CLI of that name on the only PATH there is. */
  readonly pulumi = async (script: string): Promise<void> => {
    await mkdir(join(this.folder.path, "bin"), { recursive: true });
    await chmod(await this.folder.write("bin/pulumi", `#!/bin/sh\n${script}\n`), 0o755);
  };

  readonly env = (more: Record<string, string> = {}): Record<string, string> => ({
    DATASPACE_ENDPOINT: this.emulator.endpoint,
    DATASPACE_TOKEN: this.emulator.token,
    PATH: join(this.folder.path, "bin"),
    PULUMI_HOME: this.folder.path,
    PULUMI_BACKEND_URL: `file://${this.folder.path}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    ...more,
  });

  /** The lines, by check; those of a healthy machine unless told. */
  readonly lines = (more: Record<string, string> = {}): string => {
    const rows = {
      settings: "✓ complete; the token comes from DATASPACE_TOKEN",
      endpoint: `✓ ${this.emulator.endpoint} answers`,
      TLS: "✓ not needed on this machine",
      token: "✓ accepted; 1 connector",
      clock: "✓ agrees with the service's",
      CLI: "✓ pulumi 3.259.0",
      backend: `✓ file://${this.folder.path} is writable`,
      passphrase: "✓ set by PULUMI_CONFIG_PASSPHRASE",
      ...more,
    };
    const written = Object.entries(rows).map(([check, row]) => `${row[0]} ${check.padEnd(10)}  ${row.slice(2)}\n`);
    return written.join("");
  };

  readonly doctor = (more: Record<string, string> = {}): Promise<CliOutcome> =>
    runCli(["doctor"], { env: this.env(more) });
}
