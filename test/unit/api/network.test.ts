import { readFileSync } from "node:fs";
import { createServer, connect, type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { clientOf } from "../../support/client.js";
import { hostileServer, ownCertificate, type HostileServer } from "../../support/hostile.js";

let server: HostileServer;
let client: ConnectorsClient | undefined;
const ca = readFileSync(ownCertificate, "utf8");

beforeEach(async () => {
  server = await hostileServer((response) => response.end("{}"), "https");
});
afterEach(async () => {
  await client?.close();
  await server.close();
});

/** A proxy that leads every name to this machine, and tells what it was asked for. */
async function startProxy() {
  const asked: string[] = [];
  const proxy = createServer((socket) => {
    socket.once("data", (head) => {
      const [, host, port] = /^CONNECT ([^:]+):(\d+) /.exec(head.toString()) ?? [];
      asked.push(`${host}:${port}`);
      const upstream = connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked, close: () => proxy.close() };
}

test("a certificate that nobody vouches for is refused at once, before the token is sent", async () => {
  client = clientOf(server);
  await expect(client.list()).rejects.toMatchObject({
    message: "no trusted connection to the service (DEPTH_ZERO_SELF_SIGNED_CERT)",
    kind: "tls",
    outcome: "neverSent",
  });
  expect(server.requests).toEqual([]);
});

test("an authority of one's own is trusted, beside the usual ones", async () => {
  client = clientOf(server, { ca });
  expect((await client.list()).names.size).toBe(0);
});

test("a proxy is taken from the usual variables, and the certificate is the service's own", async () => {
  const proxy = await startProxy();
  const endpoint = server.endpoint.replace("127.0.0.1", "service.test");
  client = clientOf({ endpoint }, { ca, environment: { HTTPS_PROXY: proxy.url } });
  expect((await client.list()).names.size).toBe(0);
  expect(proxy.asked).toEqual([new URL(endpoint).host]);
  await client.close();

  client = clientOf({ endpoint }, { ca, environment: { https_proxy: proxy.url, NO_PROXY: "service.test" } });
  await expect(client.list()).rejects.toMatchObject({ kind: "dns" });
  expect(proxy.asked).toHaveLength(1);
  proxy.close();
});

test("this very machine is never asked through a proxy", async () => {
  client = clientOf(server, { ca, environment: { HTTPS_PROXY: "http://127.0.0.1:1" } });
  expect((await client.list()).names.size).toBe(0);
});

test("as many connections as requests may be in flight, each opened once, and fewer where fewer will do", async () => {
  const one = (client = clientOf(server, { ca, maxConcurrency: 5 }));
  for (let i = 0; i < 20; i++) await one.list();
  // undici leaves a connection alone for a turn of the event loop after an answer: the next request takes another one.
  expect(server.connections).toBeLessThanOrEqual(2);
  await Promise.all(Array.from({ length: 80 }, () => one.list()));
  expect(server.requests).toHaveLength(100);
  expect(server.connections).toBe(5);
});
