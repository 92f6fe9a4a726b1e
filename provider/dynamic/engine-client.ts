import type * as engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import { createRequire } from "node:module";
import type { Sender } from "../resource/engine-log.js";

/**
 * Sends lines to the engine whose provider this process is. Pulumi's dynamic providers have no log; the engine's address is the
 * process's last argument, and the modules are those of the SDK that runs this process (observed).
 */
export function engineSender(argv: readonly string[]): Sender {
  let modules: EngineModules | undefined;
  return (severity, urn, text, ephemeral) =>
    new Promise((resolve, reject) => {
      modules ??= connect(argv);
      const { LogRequest, LogSeverity } = modules.messages;
      const request = new LogRequest();
      request.setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
      request.setMessage(text);
      request.setUrn(urn);
      request.setEphemeral(ephemeral);
      modules.client.log(request, (error) => (error ? reject(error as Error) : resolve()));
    });
}

function connect(argv: readonly string[]): EngineModules {
  const [, program, ...rest] = argv;
  const address = rest.at(-1);
  if (program === undefined || address === undefined || !/^[\w.[\]:-]+:\d+$/.test(address))
    throw new Error("no engine");
  const load = createRequire(program);
  const grpc = load("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
  const services = load("@pulumi/pulumi/proto/engine_grpc_pb") as {
    EngineClient: new (address: string, credentials: unknown) => EngineModules["client"];
  };
  return {
    client: new services.EngineClient(address, grpc.credentials.createInsecure()),
    messages: load("@pulumi/pulumi/proto/engine_pb") as EngineModules["messages"],
  };
}

interface EngineModules {
  readonly client: { log(request: unknown, done: (error: unknown) => void): void };
  readonly messages: typeof engineMessages;
}
