import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClientSettings, ConnectorsClient } from "../../../provider/api/client.js";
import { built } from "../../support/built.js";
import { runCli } from "../../support/cli.js";
import { clientOf } from "../../support/client.js";
import { Folder } from "../../support/folder.js";
import { hostileServer, ownCertificate, type HostileServer } from "../../support/hostile.js";
import { startProxy, type Proxy } from "../../support/proxy.js";

let server: HostileServer;
let proxy: Proxy;
let client: ConnectorsClient | undefined;
/** The server by a name that only the proxy knows. */
let endpoint: string;
const ca = readFileSync(ownCertificate, "utf8");

beforeEach(async () => {
  server = await hostileServer((response) => response.end("{}"), "https");
  endpoint = server.endpoint.replace("127.0.0.1", "service.test");
  proxy = await startProxy();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await client?.close();
  await proxy.close();
  await server.close();
});

function builtClient(at: { readonly endpoint: string }, more: Partial<ClientSettings> = {}) {
  return clientOf(at, more, built);
}

test("a certificate that nobody vouches for is refused at once, before the token is sent", async () => {
  client = builtClient(server);
  await expect(client.list()).rejects.toMatchObject({
    message: "no trusted connection to the service (DEPTH_ZERO_SELF_SIGNED_CERT)",
    kind: "tls",
    outcome: "neverSent",
  });
  expect(server.requests).toEqual([]);
});

test("an authority of one's own is trusted, beside the usual ones", async () => {
  client = builtClient(server, { ca });
  expect((await client.list()).names.size).toBe(0);
});

test("a proxy is taken from the usual variables, and the certificate is the service's own", async () => {
  client = builtClient({ endpoint }, { ca, environment: { HTTPS_PROXY: `http://${proxy.host}` } });
  expect((await client.list()).names.size).toBe(0);
  expect(proxy.asked).toEqual([new URL(endpoint).host]);
  await client.close();

  const environment = { https_proxy: `http://${proxy.host}`, NO_PROXY: "service.test" };
  client = builtClient({ endpoint }, { ca, environment });
  await expect(client.list()).rejects.toMatchObject({ kind: "dns" });
  expect(proxy.asked).toHaveLength(1);
});

test("an address without a scheme is http, as curl takes it, and carries user name and password", async () => {
  client = builtClient({ endpoint }, { ca, environment: { HTTPS_PROXY: `me:p%40ss@${proxy.host}` } });
  expect((await client.list()).names.size).toBe(0);
  expect(proxy.authorizations).toEqual([`Basic ${Buffer.from("me:p@ss").toString("base64")}`]);
});

test.each([
  ["refuses the host", 403, "proxy", "the proxy refuses to connect to the service (403)", 1],
  ["knows nobody", 407, "proxy", "the proxy asks for a user name and password (407)", 1],
  ["has no way there", 502, "unreachable", "the proxy can't connect to the service (502)", 5],
])("a proxy that %s: nothing was sent, and the sentence names it", async (_, status, kind, message, times) => {
  const refusing = await startProxy(status);
  client = builtClient({ endpoint }, { ca, environment: { HTTPS_PROXY: `http://${refusing.host}` } });
  await expect(client.create("acme", undefined)).rejects.toMatchObject({ message, kind, outcome: "neverSent" });
  expect(refusing.asked).toHaveLength(times);
  await refusing.close();
});

test("a proxy that knows nobody refuses plain http, too", async () => {
  const refusing = await startProxy(407);
  const plain = { endpoint: endpoint.replace("https", "http") };
  client = builtClient(plain, { environment: { HTTP_PROXY: refusing.host } });
  const message = "the proxy asks for a user name and password (407)";
  await expect(client.create("acme", undefined)).rejects.toMatchObject({
    message,
    kind: "proxy",
    outcome: "neverSent",
  });
  expect(refusing.asked).toHaveLength(1);
  await refusing.close();
});

test("a proxy that isn't there is told from a service that isn't", async () => {
  await proxy.close();
  client = builtClient({ endpoint }, { ca, environment: { HTTPS_PROXY: `http://${proxy.host}` } });
  const message = "no connection to the proxy (ECONNREFUSED)";
  await expect(client.list()).rejects.toMatchObject({ message, kind: "unreachable", outcome: "neverSent" });
});

test.each(["ftp://me:hunter2@proxy:21", "http://", "socks4://proxy"])(
  "what can't be a proxy's address is refused, and never quoted: %s",
  async (address) => {
    client = builtClient({ endpoint }, { ca, environment: { HTTPS_PROXY: address } });
    const message = "HTTPS_PROXY is not the address of an http or https proxy";
    await expect(client.list()).rejects.toMatchObject({ message, kind: "proxy", outcome: "neverSent" });
  },
);

test("the one file that the engine loads finds its way through a proxy", async () => {
  const { runtime } = built;
  const environment = {
    DATASPACE_ENDPOINT: endpoint,
    DATASPACE_TOKEN: "any-token",
    DATASPACE_CA_FILE: ownCertificate,
    HTTPS_PROXY: `http://${proxy.host}`,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const name of ["https_proxy", "NO_PROXY", "no_proxy"]) vi.stubEnv(name, undefined);
  await runtime.configure({ config: { get: () => undefined, require: () => "" } });
  // An answer of the service's, though it isn't one connector's.
  await expect(runtime.read("acme")).rejects.toThrow('Could not read connector "acme": the service answered 200');
  expect(proxy.asked).toContain(new URL(endpoint).host);
  expect(server.requests[0]).toMatch(/^GET /);
});

test("the authorities of NODE_EXTRA_CA_CERTS are trusted beside those of DATASPACE_CA_FILE", async () => {
  const folder = await Folder.create();
  const env = {
    DATASPACE_ENDPOINT: server.endpoint,
    DATASPACE_TOKEN: "any-token",
    DATASPACE_CA_FILE: await folder.write("other.pem", rootCertificates[0] ?? ""),
  };
  expect(await runCli(["list"], { env: { ...env, NODE_EXTRA_CA_CERTS: ownCertificate } })).toMatchObject({ code: 0 });
  expect(await runCli(["list"], { env })).toMatchObject({ code: 1 });
  await folder.remove();
});

test("this very machine is never asked through a proxy", async () => {
  client = builtClient(server, { ca, environment: { HTTPS_PROXY: "http://127.0.0.1:1" } });
  expect((await client.list()).names.size).toBe(0);
});

test("as many connections as requests may be in flight, each opened once, and fewer where fewer will do", async () => {
  const one = (client = builtClient(server, { ca, maxConcurrency: 5 }));
  for (let i = 0; i < 20; i++) await one.list();
  // undici leaves a connection alone for a turn of the event loop after an answer: the next request takes another one.
  expect(server.connections).toBeLessThanOrEqual(2);
  await Promise.all(Array.from({ length: 80 }, () => one.list()));
  expect(server.requests).toHaveLength(100);
  expect(server.connections).toBe(5);
});
