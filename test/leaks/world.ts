import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { Connector } from "pulumi-dataspace";
import { EmulatorControl } from "../../emulator/index.js";
import { TestStack, type Outcome } from "../support/engine.js";
import { s3Payload, Surroundings, token, type Credentials, type TokenWay } from "./given.js";
import { ProcessWatch } from "./process-watch.js";

/** One way of running everything. */
export interface Setting {
  readonly credentials: Credentials;
  /** Whether the service gives credentials back when asked. */
  readonly echo: "absent" | "masked" | "clear" | "nested";
  readonly token: TokenWay;
  /** `loud`: with `--debug`, `-v=9 --logtostderr` and the engine's gRPC log. */
  readonly level: "quiet" | "loud";
}

const root = new URL("../..", import.meta.url).pathname;
const loud = { debug: true, logVerbosity: 9, logToStdErr: true };

/** A service in a process of its own, a stack, and all that the user has beside them. */
export class World {
  readonly processes = new ProcessWatch(() => (this.emulator.pid === undefined ? [] : [this.emulator.pid]));
  /** What the emulator has printed since it told how to reach it. */
  emulatorLog = "";
  generation = 1;

  private constructor(
    readonly setting: Setting,
    readonly emulator: ChildProcess,
    readonly control: EmulatorControl,
    readonly stack: TestStack,
    readonly surroundings: Surroundings,
    private readonly logs: string,
  ) {}

  static async open(setting: Setting): Promise<World> {
    const surroundings = await Surroundings.create();
    const [emulator, endpoint, log] = await startEmulator(setting.echo);
    const logs = await mkdtemp(join(tmpdir(), "pulumi-dataspace-logs-"));
    const ways = await surroundings.ways();
    const stack = await TestStack.create({ endpoint, token: "" }, undefined, {
      ...ways[setting.token],
      ...(setting.level === "loud" ? { PULUMI_DEBUG_GRPC: join(logs, "grpc.json") } : {}),
    });
    // Before anybody watches: the Automation API gives the value to `pulumi config set` as an argument.
    if (setting.token === "config") await stack.setConfig({ "dataspace:token": { value: token, secret: true } });
    const world = new World(setting, emulator, new EmulatorControl(endpoint, token), stack, surroundings, logs);
    log((text) => (world.emulatorLog += text));
    await world.rotate(1);
    world.processes.start();
    return world;
  }

  async rotate(generation: number): Promise<void> {
    this.generation = generation;
    this.stack.setEnv(await this.surroundings.rotate(generation));
  }

  /** What somebody else's connector holds, which this program only reads. */
  readonly theirs = s3Payload(7);

  get options() {
    return this.setting.level === "loud" ? loud : {};
  }

  /** The two connectors that are declared, and one that is only read. */
  program(args: object = {}): PulumiFn {
    const { amazonS3, azureStorage } = this.surroundings.blocks(this.setting.credentials, this.generation);
    return async () => {
      const limits = { settle: "300ms", ...args };
      const acme = new Connector("acme", { amazonS3, ...limits });
      const blue = new Connector("blue", { azureStorage, ...limits });
      const theirs = Connector.get("theirs", "theirs");
      return Object.fromEntries(
        [acme, blue, theirs].flatMap((each, i) => [
          [`status${i}`, each.status],
          [`bpn${i}`, each.bpn],
          [`endpoint${i}`, each.endpoint],
        ]),
      );
    };
  }

  /** A program of the package's look-ups, in a process of its own. */
  async run(script: string): Promise<Outcome> {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      cwd: root,
      // What a program of look-ups must be told itself: it has no stack, and so no stack's config.
      env: {
        PATH: process.env["PATH"],
        ...this.stack.stack.workspace.envVars,
        ...(this.setting.token === "config" ? { DATASPACE_TOKEN: token } : {}),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = { stdout: "", stderr: "" };
    child.stdout.on("data", (text: Buffer) => (printed.stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (printed.stderr += text.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    const output = printed.stdout + printed.stderr;
    return { ok: code === 0, output, ...printed, said: output, changes: {}, events: [] };
  }

  async grpcLog(): Promise<string> {
    return readFile(join(this.logs, "grpc.json"), "utf8").catch(() => "");
  }

  async close(): Promise<void> {
    this.processes.stop();
    this.emulator.stdin?.end();
    await Promise.all([
      this.emulator.exitCode === null ? once(this.emulator, "exit") : undefined,
      this.stack.remove(),
      this.surroundings.remove(),
      rm(this.logs, { recursive: true, force: true }),
    ]);
  }
}

type Listen = (text: string) => void;

async function startEmulator(echo: Setting["echo"]): Promise<[ChildProcess, string, (listen: Listen) => void]> {
  const speed = ["--start", "150ms", "--stop", "50ms", "--lag", "50ms"];
  const args = [
    "dist/cli/main.js",
    "emulator",
    "--with-parent",
    "--token",
    token,
    "--quirk",
    `echoSecrets=${echo}`,
    ...speed,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
  let text = "";
  let listen: Listen | undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (listen ? listen(chunk.toString()) : (text += chunk.toString())));
  while (!text.includes("Ctrl-C.")) await once(child.stdout, "data");
  const endpoint = /DATASPACE_ENDPOINT=(\S+)/.exec(text)?.[1] ?? "";
  return [child, endpoint, (to) => (listen = to)];
}
