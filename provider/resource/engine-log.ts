import { createRequire } from "node:module";
import type * as engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import { redact } from "../errors/redact.js";

type Severity = "info" | "warning";
type Sender = (severity: Severity, urn: string, text: string, ephemeral: boolean) => Promise<void>;

/**
 * Lines on a resource in the engine's own display, by URN. Logging never fails an operation: what can't be sent is dropped.
 *
 * Pulumi's dynamic providers have no log of their own; the engine's address is the process's last argument, and the modules
 * are those of the SDK that runs this process (observed).
 */
export class EngineLog {
  readonly #send: Sender;
  readonly #underWay = new Set<Promise<void>>();

  constructor(send: Sender = engineSender(process.argv)) {
    this.#send = send;
  }

  /** A live line: replaced by the next one. */
  progress(urn: string | undefined, text: string): void {
    this.#log("info", urn, text, true);
  }

  info(urn: string | undefined, text: string): void {
    this.#log("info", urn, text, false);
  }

  /** A line that stays, under the resource's name. */
  warn(urn: string | undefined, text: string): void {
    this.#log("warning", urn, text, false);
  }

  /** Resolves when everything logged so far has reached the engine. */
  async flush(): Promise<void> {
    if (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #log(severity: Severity, urn: string | undefined, text: string, ephemeral: boolean): void {
    if (urn === undefined || !isUrn(urn)) return;
    const sending: Promise<void> = this.#send(severity, urn, redact(text), ephemeral)
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }
}

/** A malformed URN brings the engine down (observed), so nothing else is ever sent. */
export function isUrn(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what must not be in it
  return /^urn:pulumi:[^:\u0000-\u001f]+::[^:\u0000-\u001f]+::[\w$:/.-]+::[^\u0000-\u001f]+$/.test(text);
}

interface EngineModules {
  readonly client: { log(request: unknown, done: (error: unknown) => void): void };
  readonly messages: typeof engineMessages;
}

function engineSender(argv: readonly string[]): Sender {
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
