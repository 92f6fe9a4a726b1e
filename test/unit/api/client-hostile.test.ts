import { afterEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { clientOf } from "../../support/client.js";
import { hostileServer, type HostileServer } from "../../support/hostile.js";

describe("against a hostile server", () => {
  let server: HostileServer | undefined;
  let client: ConnectorsClient | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.close();
  });

  test.each([301, 302, 303, 307, 308])(
    "a redirect (%i) is refused, and its target named without its query",
    async (status) => {
      server = await hostileServer((response) =>
        response.writeHead(status, { location: "https://elsewhere.example/login?token=abc" }).end(),
      );
      client = clientOf(server);
      await expect(client.list()).rejects.toMatchObject({
        message: `the service answered ${status}, a redirect to https://elsewhere.example/login`,
        kind: "redirect",
      });
      expect(server.requests).toEqual(["GET /connectors"]);
    },
  );

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

  test("an answer without an end is cut off", async () => {
    server = await hostileServer((response) => {
      const chunk = "x".repeat(1024 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        response.once("drain", more);
      };
      more();
    });
    client = clientOf(server);
    await expect(client.get("acme")).rejects.toMatchObject({ message: "the answer is larger than 8 MiB" });
  });

  test("the request carries the token, the name and version, and asks for no compression", async () => {
    server = await hostileServer((response) => response.end("{}"));
    client = clientOf({ ...server, token: "the-token" });
    await client.edit("acme", undefined);
    expect(server.headers[0]).toMatchObject({
      authorization: "Bearer the-token",
      "user-agent": "pulumi-dataspace/test",
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    expect(server.headers[0]).not.toHaveProperty("accept-encoding");
  });

  test("control characters and terminal escapes of the server never reach a message", async () => {
    server = await hostileServer((response) =>
      response
        .writeHead(409)
        .end(JSON.stringify({ detail: "\u001b[31mred\u001b]0;title\u0007 \u0008bell\u0007\nline" })),
    );
    client = clientOf(server);
    await expect(client.edit("acme", undefined)).rejects.toMatchObject({ why: "red bell line" });
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
