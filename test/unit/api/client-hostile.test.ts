import { createServer, type AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { Budget } from "../../../provider/time/budget.js";
import { systemClock } from "../../../provider/time/clock.js";
import { clientOf } from "../../support/client.js";
import { s3 } from "../../support/connectors.js";
import { hostileServer, type HostileServer } from "../../support/hostile.js";

const payload = { block: "amazonS3", fields: s3() } as const;

describe("against a hostile server", () => {
  let server: HostileServer | undefined;
  let client: ConnectorsClient | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.close();
  });

  describe.each([301, 302, 303, 307, 308])("a redirect (%i)", (status) => {
    const calls: [string, (to: ConnectorsClient) => Promise<unknown>][] = [
      ["GET /connectors", (to) => to.list()],
      ["GET /connectors/acme/stop", (to) => to.stop("acme")],
      ["POST /connectors/acme", (to) => to.create("acme", payload)],
      ["PUT /connectors/acme", (to) => to.edit("acme", payload)],
      ["DELETE /connectors/acme", (to) => to.delete("acme")],
    ];

    test.each(calls)(
      "of %s is refused, its target named without query, and nothing is sent there",
      async (line, call) => {
        const other = await hostileServer((response) => response.end("{}"));
        const { host } = new URL(other.endpoint);
        const targets: [string, string][] = [
          [`${other.endpoint}/login?token=abc#x`, `${other.endpoint}/login`],
          [`//${host}/login?token=abc`, `${other.endpoint}/login`],
          [`https://user:password@${host}/login?token=abc`, `https://${host}/login`],
          ["/login?token=abc", "/login"],
          ["https://elsewhere.example/%1b[31m?x", "https://elsewhere.example/%1b[31m"],
        ];
        for (const [location, named] of targets) {
          const here = await hostileServer((response) =>
            response.socket?.end(
              `HTTP/1.1 ${status} Elsewhere\r\nlocation: ${location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
            ),
          );
          const asking = clientOf(here);
          await expect(call(asking)).rejects.toMatchObject({
            message: `the service answered ${status}, a redirect to ${named}`,
            kind: "redirect",
            outcome: "refused",
          });
          expect(here.requests).toEqual([line]);
          await asking.close();
          await here.close();
        }
        expect(other.requests).toEqual([]);
        await other.close();
      },
    );
  });

  test.each([
    ["an HTML page", "text/html", "<!doctype html><title>Sign in</title>"],
    ["an empty body", "application/json", ""],
    ["a text", "application/json", '"hello"'],
    ["an error that says 200", "application/json", '{"detail":"maintenance"}'],
    ["a list of names", "application/json", '["acme"]'],
  ])("%s is not an empty list", async (_, type, body) => {
    server = await hostileServer((response) => response.writeHead(200, { "content-type": type }).end(body));
    client = clientOf(server);
    await expect(client.list()).rejects.toMatchObject({
      kind: "badReply",
      message: "the service answered 200, but not with a list of connectors",
    });
    expect(server.requests).toHaveLength(5);
  });

  test("only a 404 in JSON says that a connector is gone", async () => {
    server = await hostileServer((response, request) =>
      request.url === "/connectors/gone"
        ? response.writeHead(404).end('{"detail":"Connector gone not found"}')
        : response.writeHead(404, { "content-type": "text/html" }).end("<html><title>404</title></html>"),
    );
    client = clientOf(server);
    expect(await client.get("gone")).toBeUndefined();
    await expect(client.get("page")).rejects.toMatchObject({ kind: "notFound", why: 'an HTML page, "404"' });
  });

  test("a page in answer to a change is no success", async () => {
    server = await hostileServer((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html><title>Sign in</title></html>"),
    );
    client = clientOf(server);
    await expect(client.edit("acme", undefined)).rejects.toMatchObject({ kind: "badReply", outcome: "unknown" });
    expect(server.requests).toHaveLength(1);
  });

  test("the request carries the token, the name and version, and asks for no compression", async () => {
    server = await hostileServer((response) => response.end("{}"));
    client = clientOf({ ...server, token: "the-token" });
    await client.edit("acme", undefined);
    expect(server.headers[0]).toMatchObject({
      authorization: "Bearer the-token",
      "user-agent": "pulumi-dataspace/test",
      "content-type": "application/json",
      "cache-control": "no-cache, no-store",
      pragma: "no-cache",
    });
    expect(server.headers[0]).not.toHaveProperty("accept-encoding");
  });

  test("whatever the name, what reaches the wire is one path below /connectors, or nothing", async () => {
    server = await hostileServer((response) => response.end("{}"));
    client = clientOf(server);
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 18 }),
      fc.stringMatching(/^[a-z0-9./%\\?#-]{1,18}$/),
      fc.constantFrom("..", "%2e%2e", "a/../../admin", "a%0d%0ax", "a?b=c", "a#b", "a;b", "a\r\nhost: x", "-a", "a-"),
    );
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        server?.requests.splice(0);
        const end = await client?.edit(text, undefined).catch(String);
        const allowed = /^[a-z0-9]([-a-z0-9]{0,14}[a-z0-9])?$/.test(text);
        expect(end).toBe(allowed ? undefined : "TypeError: not a connector's name");
        expect(server?.requests).toEqual(allowed ? [`PUT /connectors/${text}`] : []);
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  test("a connection that never comes about is known to have had no effect, however short the attempt's limit", async () => {
    // Takes connections, and never shakes hands.
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const { port } = mute.address() as AddressInfo;
    client = clientOf({ endpoint: `https://127.0.0.1:${port}` }, { attemptTimeoutMs: 600 });
    const budget = new Budget(systemClock, 0);
    await expect(client.create("acme", undefined, { budget })).rejects.toMatchObject({
      message: "no connection to the service within 600ms",
      outcome: "neverSent",
    });
    await client.close();
    mute.close();
  });

  test("no connection is known to have had no effect", async () => {
    server = await hostileServer(() => undefined);
    const { endpoint } = server;
    await server.close();
    client = clientOf({ endpoint });
    await expect(client.create("acme", undefined)).rejects.toMatchObject({
      message: "no connection to the service (ECONNREFUSED)",
      outcome: "neverSent",
    });
    await expect(clientOf({ endpoint: "http://nowhere.invalid" }).list()).rejects.toMatchObject({ kind: "dns" });
  });
});
