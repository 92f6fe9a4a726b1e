import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shim as bareShim } from "../programs/bare.ts";
import { figure, inTurns, type Probe } from "./probe.ts";

const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve("pulumi-dataspace/package.json"));
const ourShim = 'exports.handler=()=>require("pulumi-dataspace/dynamic-runtime")';

/** From the start of a process to its first answer. */
export const startUp: Probe = {
  title: "start-up",
  run: async (quick) => {
    const command = join(packageFolder, "dist/cli/main.js");
    const { node, help, setup, bare, ours } = await inTurns(quick ? 3 : 11, {
      node: () => runOf(["-e", "0"]),
      help: () => runOf([command, "--help"]),
      setup: () => runOf([fileURLToPath(new URL("../../tools/setup.mjs", import.meta.url)), "--no-cli"]),
      bare: () => firstAnswer(bareShim),
      ours: () => firstAnswer(ourShim),
    });
    return [
      figure("node-start", "node -e 0", "ms", node),
      figure("help", "pulumi-dataspace --help", "ms", help),
      figure("setup", "the set-up with nothing to do", "ms", setup),
      figure("provider-bare", "provider process to its first answer, no-op provider (L1)", "ms", bare),
      figure("provider-ours", "provider process to its first answer, ours", "ms", ours),
    ];
  },
};

function runOf(args: readonly string[]): number {
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return performance.now() - startedAt;
}

/** What of Pulumi's SDK this asks a provider process with. */
interface Sdk {
  readonly grpc: { credentials: { createInsecure(): unknown } };
  readonly services: { ResourceProviderClient: new (address: string, credentials: unknown) => Client };
  readonly messages: Record<"ConfigureRequest" | "CheckRequest", new () => Request>;
  readonly struct: { Struct: { fromJavaScript(value: object): unknown } };
}
type Request = Record<"setArgs" | "setOlds" | "setNews" | "setUrn", (value: unknown) => void>;
type Call = (request: Request, done: (error: Error | null, answer: unknown) => void) => void;
type Client = Record<"configure" | "check", Call> & { close(): void };

/** Starts the provider process as the engine does, and asks it to check one connector. */
async function firstAnswer(shim: string): Promise<number> {
  const { grpc, services, messages, struct } = sdk();
  const startedAt = performance.now();
  const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
  const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
    cwd: packageFolder,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, DATASPACE_ENDPOINT: "http://127.0.0.1:1", DATASPACE_TOKEN: "nobody-asks" },
  });
  try {
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    const client = new services.ResourceProviderClient(
      `127.0.0.1:${port.toString().trim()}`,
      grpc.credentials.createInsecure(),
    );
    const ask = (call: "configure" | "check", request: Request) =>
      new Promise<void>((resolve, reject) => client[call](request, (error) => (error ? reject(error) : resolve())));
    const configure = new messages.ConfigureRequest();
    configure.setArgs(struct.Struct.fromJavaScript({}));
    await ask("configure", configure);
    const check = new messages.CheckRequest();
    check.setUrn("urn:pulumi:test::bench::pulumi-nodejs:dynamic/dataspace:Connector::first");
    check.setOlds(struct.Struct.fromJavaScript({}));
    check.setNews(struct.Struct.fromJavaScript({ __provider: shim, name: "first", salt: "" }));
    await ask("check", check);
    const ms = performance.now() - startedAt;
    client.close();
    return ms;
  } finally {
    child.kill("SIGKILL");
  }
}

let loaded: Sdk | undefined;

/** Loaded once: this process's own loading time is no part of what is measured. */
function sdk(): Sdk {
  const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return (loaded ??= {
    grpc: load("@grpc/grpc-js") as Sdk["grpc"],
    services: load("@pulumi/pulumi/proto/provider_grpc_pb.js") as Sdk["services"],
    messages: load("@pulumi/pulumi/proto/provider_pb.js") as Sdk["messages"],
    struct: load("google-protobuf/google/protobuf/struct_pb.js") as Sdk["struct"],
  });
}
