import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { Emulator } from "../../../emulator/index.js";
import { clientOf } from "../../support/client.js";
import { s3 } from "../../support/connectors.js";

const payload = { block: "amazonS3", fields: s3() } as const;

describe("against the emulator", () => {
  let emulator: Emulator;
  let client: ConnectorsClient;

  beforeEach(async () => {
    emulator = await Emulator.start({ basePath: "/a/prefix" });
    client = clientOf(emulator);
  });
  afterEach(async () => {
    await client.close();
    await emulator.close();
  });

  test("each method is one request", async () => {
    await client.create("acme", payload);
    await client.edit("acme", undefined);
    await client.stop("acme");
    await client.start("acme");
    await client.fail("acme");
    await client.get("acme");
    await client.list();
    expect(await client.delete("acme")).toBe("deleted");
    expect(emulator.requestLines()).toEqual([
      "POST /connectors/acme 201",
      "PUT /connectors/acme 200",
      "GET /connectors/acme/stop 200",
      "GET /connectors/acme/start 200",
      "GET /connectors/acme/fail 200",
      "GET /connectors/acme 200",
      "GET /connectors 200",
      "DELETE /connectors/acme 200",
    ]);
  });

  test("what is echoed is read, less what is a credential, whichever way the service says it", async () => {
    emulator.interfere("acme", { create: s3() });
    for (const list of ["map", "array"] as const) {
      for (const statusField of ["status", "state"] as const) {
        for (const echoSecrets of ["absent", "masked", "clear"] as const) {
          Object.assign(emulator.quirks, { list, statusField, echoSecrets });
          const seen = (await client.list()).observed("acme");
          expect(seen).toEqual(await client.get("acme"));
          expect(seen).toEqual({
            status: "RUNNING",
            kind: "running",
            bpn: expect.stringMatching(/^BPNL\w{12}$/) as string,
            storageType: "AmazonS3",
            storage: { bucketName: "acme", region: "eu-central-1" },
            details: {},
          });
        }
      }
    }
  });

  test("a connector may be called constructor", async () => {
    expect((await client.list()).observed("constructor")).toBeUndefined();
    expect(await client.get("constructor")).toBeUndefined();
    await client.create("constructor", undefined);
    expect((await client.list()).names).toEqual(new Set(["constructor"]));
    expect(emulator.connector("constructor")?.payload).toEqual({});
  });

  test("what isn't a name never reaches the wire", async () => {
    for (const name of ["../admin", "a/b", "A", "", "a?b", "a\r\nx: y"]) {
      await expect(client.get(name)).rejects.toThrow("not a connector's name");
    }
    expect(emulator.requestLines()).toEqual([]);
  });

  test.each(["401", "403"] as const)("a refused token is said as such (%s)", async (unauthorized) => {
    emulator.quirks.unauthorized = unauthorized;
    const stranger = clientOf({ endpoint: emulator.endpoint, token: "wrong-token" });
    await expect(stranger.list()).rejects.toMatchObject({
      message: `the service refuses the token (${unauthorized})`,
      why: "Invalid token",
      outcome: "refused",
    });
    await stranger.close();
  });

  test("reads are repeated through trouble, changes are not", async () => {
    emulator.fault({ call: "list", do: { status: 503 }, times: 2 });
    expect((await client.list()).names.size).toBe(0);
    emulator.fault({ call: "create", do: { status: 503 } });
    await expect(client.create("acme", undefined)).rejects.toMatchObject({ kind: "server", outcome: "unknown" });
    emulator.fault({ call: "create", do: "reset" });
    await expect(client.create("acme", undefined)).rejects.toMatchObject({ kind: "unreachable", outcome: "unknown" });
    expect(emulator.requestLines()).toEqual([
      "GET /connectors 503",
      "GET /connectors 503",
      "GET /connectors 200",
      "POST /connectors/acme 503",
      "POST /connectors/acme reset",
    ]);
  });

  test("once it is closed nothing is repeated, and nobody is kept waiting", async () => {
    const impatient = clientOf(emulator, { random: () => 1 });
    emulator.fault({ call: "list", do: { status: 503 } });
    emulator.fault({ call: "get", do: "hang" });
    const ends = Promise.allSettled([impatient.list(), impatient.get("acme")]);
    await Promise.all([
      emulator.waitFor(({ call }) => call === "get"),
      new Promise((resolve) => setTimeout(resolve, 100)),
    ]);
    const closedAt = performance.now();
    await impatient.close();
    expect((await ends).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    // The pause would have taken half a second, and those after it longer.
    expect(performance.now() - closedAt).toBeLessThan(300);
    expect(emulator.requestLines()).toHaveLength(2);
  });

  test("on request nothing is repeated", async () => {
    emulator.fault({ call: "list", times: 9, do: { status: 503 } });
    await expect(client.list({ repeat: false })).rejects.toMatchObject({ kind: "server" });
    expect(emulator.requestLines()).toEqual(["GET /connectors 503"]);
  });

  test("whoever wants to know is told of every request that was sent, with the answer's date", async () => {
    const told: unknown[] = [];
    await client.close();
    client = clientOf(emulator, {
      onRequest: ({ call, connector, status, date }) => told.push([call, connector, status, date !== undefined]),
    });
    emulator.fault({ call: "list", do: "reset" });
    await client.list();
    await client.stop("acme").catch(() => undefined);
    await expect(
      clientOf({ endpoint: "http://127.0.0.1:9" }, { onRequest: (each) => told.push(each) }).stop("acme"),
    ).rejects.toMatchObject({ outcome: "neverSent" });
    expect(told).toEqual([
      ["list", undefined, undefined, false],
      ["list", undefined, 200, true],
      ["stop", "acme", 404, true],
    ]);
  });

  test("a change that was turned away for the moment is repeated after the time that the service asks for", async () => {
    emulator.fault({ call: "create", do: { status: 429, headers: { "retry-after": "1" } } });
    await client.create("acme", undefined);
    expect(emulator.requestLines()).toEqual(["POST /connectors/acme 429", "POST /connectors/acme 201"]);
    const [first, second] = emulator.requests;
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(1_000);
  });

  test("FastAPI's errors are quoted, but never its echo of what was sent", async () => {
    emulator.fault({ call: "create", do: { status: 422, echo: true } });
    await expect(client.create("acme", payload)).rejects.toMatchObject({
      message: "the service answered 422",
      why: "body: invalid",
      kind: "invalid",
    });
  });

  test.each(["409", "400", "422"] as const)("a name that is taken is a conflict (%s)", async (postExisting) => {
    emulator.quirks.postExisting = postExisting;
    emulator.interfere("acme", { create: {} });
    await expect(client.create("acme", undefined)).rejects.toMatchObject({
      kind: "conflict",
      why: "Connector acme already exists",
    });
  });

  test.each([
    ["present", "absent"],
    ["route404", "noRoute"],
    ["route405", "noRoute"],
  ] as const)("DELETE of an absent connector, with the route %s, is %s", async (route, answer) => {
    emulator.quirks.delete = route;
    expect(await client.delete("acme")).toBe(answer);
  });

  test("a hanging request ends at the attempt timeout, a dripping one too", async () => {
    const hasty = clientOf(emulator, { attemptTimeoutMs: 200 });
    // Each begins on a connection that is there: the time that it takes to make one is another matter.
    await hasty.list();
    emulator.fault({ call: "edit", do: "hang" });
    await expect(hasty.edit("acme", undefined)).rejects.toMatchObject({
      message: "no complete answer within 200ms",
      outcome: "unknown",
    });
    await hasty.list();
    emulator.fault({ call: "create", do: { dripMs: 50 } });
    await expect(hasty.create("acme", undefined)).rejects.toMatchObject({ kind: "timeout", outcome: "unknown" });
    await hasty.close();
  });

  test("a cancel ends a read and a pause at once, but awaits a change that is in flight", async () => {
    const controller = new AbortController();
    emulator.fault({ call: "create", do: { delayMs: 300 } });
    const creating = client.create("acme", undefined, { signal: controller.signal });
    await emulator.waitFor((request) => request.call === "create");
    emulator.fault({ call: "list", do: "hang" });
    const listing = client.list({ signal: controller.signal });
    await emulator.waitFor((request) => request.call === "list");
    controller.abort();
    await expect(listing).rejects.toMatchObject({ kind: "cancelled", outcome: "neverSent" });
    await expect(creating).resolves.toBeUndefined();
  });

  test("requests in flight are limited, and the wait for a place costs no request its time", async () => {
    const narrow = clientOf(emulator, { maxConcurrency: 1, attemptTimeoutMs: 400 });
    emulator.fault({ call: "list", do: { delayMs: 150 }, times: 4 });
    await expect(Promise.all(Array.from({ length: 4 }, () => narrow.list()))).resolves.toHaveLength(4);
    await narrow.close();
  });
});

test.each([
  ['{"detail":"quota exceeded"}', "quota exceeded", "invalid"],
  ['{"success":false,"message":"quota exceeded"}', "quota exceeded", "invalid"],
  ['{"error":{"message":"quota exceeded"}}', "quota exceeded", "invalid"],
  ['{"detail":"Connector acme already exists"}', "Connector acme already exists", "conflict"],
  ['{"statusCode":403,"message":"Forbidden"}', "Forbidden", "forbidden"],
])("a change answered 200 with %s is refused", async (body, why, kind) => {
  const emulator = await Emulator.start();
  const client = clientOf(emulator);
  emulator.fault({ call: "create", do: { status: 200, body } });
  await expect(client.create("acme", undefined)).rejects.toMatchObject({
    message: "the service answered 200, but says no",
    why,
    kind,
    outcome: "refused",
    status: 200,
  });
  await client.close();
  await emulator.close();
});
