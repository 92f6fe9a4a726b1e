import type { Dispatcher } from "undici";

/** Where a proxy didn't lead to the service: certainly nothing of the request has left for it. */
export class NoTunnel extends Error {
  constructor(
    message: string,
    /** Whether it may be otherwise a little later. */
    readonly passes: boolean,
  ) {
    super(message);
  }
}

/** The proxies of the usual variables, lower-case first, as curl reads them; `undefined`: there are none. @throws NoTunnel */
export function proxiesIn(environment: NodeJS.ProcessEnv) {
  const either = (name: string) => environment[name.toLowerCase()] || environment[name];
  const [httpProxy, httpsProxy] = ["HTTP_PROXY", "HTTPS_PROXY"].map((name) => addressOf(name, either(name)));
  if (!httpProxy && !httpsProxy) return undefined;
  return { httpProxy: httpProxy ?? "", httpsProxy: httpsProxy ?? "", noProxy: either("NO_PROXY") ?? "" };
}

/** `proxy:3128` is http, as curl takes it. What is wrong is never quoted: it may hold a password. */
function addressOf(name: string, text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  const url = URL.parse(trimmed.includes("://") ? trimmed : `http://${trimmed}`);
  if (url && /^(https?|socks5?):$/.test(url.protocol) && url.hostname !== "") return url.href;
  throw new NoTunnel(`${name} is not the address of an http or https proxy`, false);
}

/** Makes data of how a proxy answers to CONNECT: undici's own error has the status in its sentence only. */
export function tellingRefusals<P extends Dispatcher>(pool: P): P {
  const tunnel = pool.connect.bind(pool) as (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
  const connect = async (options: Dispatcher.ConnectOptions) => {
    const answer = await tunnel(options).catch((error: unknown) => {
      const { code } = (error ?? {}) as { code?: unknown };
      throw new NoTunnel(`no connection to the proxy (${typeof code === "string" ? code : "unknown"})`, true);
    });
    if (answer.statusCode === 200) return answer;
    answer.socket.on("error", () => undefined).destroy();
    throw refused(answer.statusCode);
  };
  return Object.assign(pool, { connect });
}

/** What a proxy says when it doesn't lead on. */
export function refused(status: number): NoTunnel {
  if (status === 407) return new NoTunnel("the proxy asks for a user name and password (407)", false);
  if (status >= 500) return new NoTunnel(`the proxy can't connect to the service (${status})`, true);
  return new NoTunnel(`the proxy refuses to connect to the service (${status})`, false);
}
