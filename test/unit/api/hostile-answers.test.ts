import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { registerSecret } from "../../../provider/errors/redact.js";
import { clientOf } from "../../support/client.js";
import { hostileServer, type HostileServer } from "../../support/hostile.js";

/** Something every 40 ms, until the other side has had enough. */
function drip(response: ServerResponse, write: (count: number) => unknown): void {
  let count = 0;
  const timer = setInterval(() => write(count++), 40);
  response.once("close", () => clearInterval(timer));
}

describe("an answer that is meant to harm", () => {
  let server: HostileServer | undefined;
  let client: ConnectorsClient | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.close();
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

  test.each([400, 404, 500, 302])("of a refusal (%i) without an end the first 64 KiB are read", async (status) => {
    const page = `<html><title>Gateway down</title>${"x".repeat(64 * 1024)}`;
    server = await hostileServer((response) => void response.writeHead(status).write(page));
    client = clientOf(server);
    await expect(client.edit("acme", undefined)).rejects.toMatchObject({
      status,
      why: 'an HTML page, "Gateway down"',
    });
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

  test("what a server says of a connector reaches outputs without anything that a terminal obeys", async () => {
    const esc = "\u001b[2J\u001b]0;title\u0007\u009b31m";
    server = await hostileServer((response) =>
      response.end(
        JSON.stringify({
          acme: {
            status: `RUN${esc}NING`,
            bpn: `BPNL${esc}1`,
            bucketName: `ac${esc}me`,
            note: { [`k${esc}ey`]: [`te${esc}xt`, 1, null] },
          },
        }),
      ),
    );
    client = clientOf(server);
    expect((await client.list()).observed("acme")).toEqual({
      status: "RUN31mNING",
      kind: "transition",
      bpn: "BPNL31m1",
      storage: { bucketName: "ac31mme" },
      details: { note: { k31mey: ["te31mxt", 1, null] } },
    });
  });

  test("prototypes stay what they are, whatever names and keys the server invents", async () => {
    server = await hostileServer((response) =>
      response.end(
        `{"__proto__": {"status": "RUNNING"},
          "constructor": {"status": "STOPPED", "__proto__": {"polluted": true}, "more": {"__proto__": {"polluted": true}}},
          "hasownproperty": {"status": "RUNNING"}}`,
      ),
    );
    client = clientOf(server);
    const listing = await client.list();
    expect(listing.names).toEqual(new Set(["constructor", "hasownproperty"]));
    const seen = listing.observed("constructor");
    expect(seen).toEqual({ status: "STOPPED", kind: "stopped", storage: {}, details: { more: {} } });
    expect(Object.getPrototypeOf(seen?.details)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(seen?.details["more"])).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("names that no connector can have are kept apart, fit to be shown", async () => {
    const entries = { "Acme Edc": {}, "\u001b[31m../admin": {}, acme: {}, [`x${"y".repeat(200)}`]: {} };
    server = await hostileServer((response) => response.end(JSON.stringify(entries)));
    client = clientOf(server);
    const listing = await client.list();
    expect(listing.names).toEqual(new Set(["acme"]));
    expect(listing.unusable).toEqual(["Acme Edc", "../admin", `x${"y".repeat(98)}…`]);
  });

  test.each([
    ['[{"name":"acme","status":"RUNNING"},{"status":"RUNNING"}]', "an entry without a name"],
    ['[{"name":"acme"},{"id":"b"}]', "an entry with its name elsewhere"],
    ['{"":{"status":"RUNNING"}}', "an empty name"],
    ["[[]]", "a list in a list"],
    ['{"connectors":{}}', "an empty envelope"],
    ['{"connectors":[]}', "an envelope of a list"],
    ['{"connectors":{"acme":{"status":"RUNNING"}}}', "an envelope"],
    ['{"tenant-7":{"acme":{"status":"RUNNING"}}}', "connectors by tenant"],
    ['{"data":{},"meta":{"total":0}}', "an envelope with a count"],
    ['{"error":{"code":403}}', "an error"],
    ['{"detail":"not permitted"}', "an error in words"],
    ["null", "nothing"],
  ])("%s is no list of connectors: %s", async (body) => {
    server = await hostileServer((response) => response.end(body));
    client = clientOf(server);
    await expect(client.list({ repeat: false })).rejects.toMatchObject({ kind: "badReply", status: 200 });
  });

  test("Latin-1 is no answer, whatever U+FFFD would make of it; a byte order mark is none of it", async () => {
    const details = '{"status":"RUNNING","bucketName":"schl\u00fcssel"}';
    let encoding: "latin1" | "utf8" = "latin1";
    server = await hostileServer((response, { url = "" }) => {
      const body = url.endsWith("/connectors") ? `{"acme":${details}}` : details;
      response.end(encoding === "utf8" ? `\ufeff${body}` : Buffer.from(body, encoding));
    });
    client = clientOf(server);
    await expect(client.get("acme", { repeat: false })).rejects.toMatchObject({ kind: "badReply", status: 200 });
    await expect(client.list({ repeat: false })).rejects.toMatchObject({ kind: "badReply", status: 200 });
    encoding = "utf8";
    expect(await client.get("acme")).toMatchObject({ storage: { bucketName: "schl\u00fcssel" } });
    expect((await client.list()).names).toEqual(new Set(["acme"]));
  });

  test("unusual names are shown, and a connector may be named as an envelope", async () => {
    const body = '[{"name":"acme"},{"name":7},{"name":"data","status":"RUNNING"}]';
    server = await hostileServer((response) => response.end(body));
    client = clientOf(server);
    const listing = await client.list();
    expect([...listing.names]).toEqual(["acme", "data"]);
    expect(listing.unusable).toEqual(["7"]);
    expect(listing.isEmpty).toBe(false);
  });

  test("details without an end neither fill the state nor break the reading", async () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const long = JSON.stringify("y".repeat(1_000_000));
    server = await hostileServer((response) =>
      response.end(`{"status": "RUNNING", "deep": ${deep}, "long": ${long}, "n": [${"1,".repeat(100_000)}1]}`),
    );
    client = clientOf(server);
    const seen = await client.get("acme");
    expect(seen?.status).toBe("RUNNING");
    expect(JSON.stringify(seen?.details).length).toBeLessThan(17_000);
    expect(seen?.details["long"]).toHaveLength(2_000);
  });

  test("what is named like a credential, or holds one that this process knows, is left out at every depth", async () => {
    const known = "known-to-this-process-1";
    registerSecret(known);
    const body = {
      status: "RUNNING",
      region: `at ${known}`,
      apiKey: "a1",
      storage_config: { password_write: "a2", kind: "S3", more: [{ connectionString: "a3", port: 1 }] },
      settings: [
        { name: "SAS", value: "a4" },
        { name: "size", value: "2" },
      ],
      plain: { [known]: 1, note: `x${known}`, list: ["b", known, { deeper: known }], number: 4 },
      // Half of it stands after the cut.
      long: `${"y".repeat(1_990)}${known}`,
      [`with ${known}`]: 1,
    };
    server = await hostileServer((response) => response.end(JSON.stringify(body)));
    client = clientOf(server);
    expect(await client.get("acme")).toEqual({
      status: "RUNNING",
      kind: "running",
      storage: {},
      details: {
        storage_config: { kind: "S3", more: [{ port: 1 }] },
        settings: [null, { name: "size", value: "2" }],
        plain: { list: ["b", null, {}], number: 4 },
      },
    });
  });

  test("an answer that says it is compressed is never inflated", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    server = await hostileServer((response) =>
      response
        .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
        .end(Buffer.concat([bomb, bomb])),
    );
    client = clientOf(server);
    await expect(client.get("acme")).rejects.toMatchObject({ kind: "badReply" });
  });

  test("an answer that drips for ever ends at the attempt's limit, be it headers or body", async () => {
    server = await hostileServer((response, request) => {
      if (request.method === "GET") response.end("{}");
      else if (request.url?.endsWith("/headers")) {
        response.socket?.write("HTTP/1.1 200 OK\r\n");
        drip(response, (i) => response.socket?.write(`x-${i}: 1\r\n`));
      } else drip(response.writeHead(200), () => response.write(" "));
    });
    client = clientOf(server, { attemptTimeoutMs: 300 });
    for (const name of ["headers", "body"]) {
      // On a connection that is there.
      await client.list();
      await expect(client.edit(name, undefined)).rejects.toMatchObject({
        message: "no complete answer within 300ms",
        outcome: "unknown",
      });
    }
    expect(server.requests.filter((line) => line.startsWith("PUT"))).toHaveLength(2);
  });

  test("headers without an end are refused", async () => {
    server = await hostileServer((response) => response.writeHead(200, { "x-long": "x".repeat(40_000) }).end("{}"));
    client = clientOf(server);
    await expect(client.edit("acme", undefined)).rejects.toMatchObject({
      message: "the connection broke before an answer arrived (UND_ERR_HEADERS_OVERFLOW)",
    });
  });
});
