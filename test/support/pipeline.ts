import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { Emulator, type EmulatorOptions } from "../../emulator/index.js";
import { beginCli, runCli, type BegunCli, type CliOutcome } from "./cli.js";

/** A folder with a manifest, a backend of its own, and an emulator: all that a pipeline's step has. */
export class PipelineFolder {
  folder!: string;
  emulator!: Emulator;
  /** More environment for every command from now on. */
  env: Record<string, string> = {};

  /** Begins anew, with everything empty. STARTING and STOPPING last until a look has shown them. */
  async open(options: EmulatorOptions = {}): Promise<this> {
    const holdUntilSeen = ["STARTING", "STOPPING"] as const;
    this.emulator = await Emulator.start({ startMs: 300, stopMs: 100, lagMs: 200, holdUntilSeen, ...options });
    this.folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-pipeline-"));
    this.env = {};
    return this;
  }

  /** Writes a file of the folder, e.g. `connectors.yaml`. */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  /** Writes a manifest that declares these connectors. */
  async declare(
    connectors: Readonly<Record<string, unknown>>,
    more: Readonly<Record<string, unknown>> = {},
    file = join(this.folder, "connectors.json"),
  ): Promise<void> {
    const manifest = { version: 1, project: "fleet", defaults: { settle: "300ms" }, ...more, connectors };
    await writeFile(file, JSON.stringify(manifest, undefined, 2));
  }

  /** Runs the built command in the folder. */
  cli(...args: readonly string[]): Promise<CliOutcome> {
    return runCli(args, { cwd: this.folder, env: this.environment });
  }

  /** Begins the built command in the folder, and lets it run. */
  begin(...args: readonly string[]): BegunCli {
    return beginCli(args, { cwd: this.folder, env: this.environment });
  }

  get environment(): Record<string, string> {
    return {
      DATASPACE_ENDPOINT: this.emulator.endpoint,
      DATASPACE_TOKEN: this.emulator.token,
      PULUMI_BACKEND_URL: `file://${this.folder}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
      PULUMI_HOME: join(this.folder, "home"),
      ...this.env,
    };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await this.emulator.close();
  }
}

/** An S3 block whose credentials come from the environment, under one name. */
export function s3From(variable: string, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const reference = { fromEnv: variable };
  return {
    bucketName: "acme",
    region: "eu-central-1",
    accessKeyIdRead: reference,
    secretAccessKeyRead: reference,
    accessKeyIdWrite: reference,
    secretAccessKeyWrite: reference,
    ...fields,
  };
}

/** For a whole file: each of its tests gets the folder and the emulator anew, and both are gone afterwards. */
export function pipelineFolder(options: EmulatorOptions = {}): PipelineFolder {
  const pipeline = new PipelineFolder();
  beforeEach(async () => void (await pipeline.open(options)));
  afterEach(() => pipeline.remove());
  return pipeline;
}
