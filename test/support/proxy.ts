import { connect, createServer, type AddressInfo } from "node:net";

export interface Proxy {
  readonly host: string;
  /** What it was asked to connect to: `service.test:443`, in order. */
  readonly asked: string[];
  /** What it was told of who asks, by the same order. */
  readonly authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/** A proxy that leads every name to this machine, or refuses with a status. */
export async function startProxy(refusal?: number): Promise<Proxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const sockets = new Set<{ destroy(): unknown }>();
  const proxy = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", (head) => {
      const text = head.toString();
      const [, target, port] = /^\S+ (?:http:\/\/)?([^:]+:(\d+))/.exec(text) ?? [];
      asked.push(target ?? text);
      authorizations.push(/^proxy-authorization: (.*)$/im.exec(text)?.[1]);
      if (refusal !== undefined) {
        socket.end(`HTTP/1.1 ${refusal} No\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const upstream = connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    authorizations,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => proxy.close(() => resolve()));
    },
  };
}
