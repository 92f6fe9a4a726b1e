import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OAuth2Server } from "oauth2-mock-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { fixedBearer, RenewedBearer } from "../../../provider/api/token/bearer.js";
import { OAuthSource } from "../../../provider/api/token/oauth.js";
import { Core } from "../../../provider/core/core.js";
import { clientOf } from "../../support/client.js";
import { hostileServer } from "../../support/hostile.js";

let emulator: Emulator;
let folder: string;
const limits = { attemptTimeoutMs: 2_000, connections: 2 };

beforeEach(async () => {
  emulator = await Emulator.start({ token: "the-right-token" });
  folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-token-"));
});
afterEach(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** An account of a core whose settings are these. */
async function withAccount<T>(env: object, work: (account: ReturnType<Core["account"]>) => Promise<T>): Promise<T> {
  const core = new Core(() => undefined, { PATH: process.env["PATH"], DATASPACE_ENDPOINT: emulator.endpoint, ...env });
  try {
    return await work(core.account(undefined));
  } finally {
    await core.close();
  }
}

describe("a token from a file or a command", () => {
  const file = () => join(folder, "token");

  test("is read when first needed, and again, once, when the service refuses it in the middle of a run", async () => {
    await writeFile(file(), "an-older-token\n", { mode: 0o600 });
    await withAccount({ DATASPACE_TOKEN_FILE: file() }, async ({ client, authenticate }) => {
      await authenticate();
      await writeFile(file(), "the-right-token\n");
      await Promise.all([client.create("a", undefined), client.create("b", undefined), client.list()]);
      await client.list();
    });
    expect(emulator.requestLines().filter((line) => line.endsWith(" 401"))).toHaveLength(3);
    expect(
      emulator
        .mutations()
        .filter((line) => line.endsWith(" 201"))
        .sort(),
    ).toEqual(["POST /connectors/a 201", "POST /connectors/b 201"]);
  });

  test("that everybody can read is a warning, once", async () => {
    await writeFile(file(), "the-right-token", { mode: 0o644 });
    await withAccount({ DATASPACE_TOKEN_FILE: file() }, async ({ authenticate }) => {
      expect(await authenticate()).toEqual([
        `DATASPACE_TOKEN_FILE: the file ${file()} is readable by everyone on this machine; run chmod 600 on it`,
      ]);
      expect(await authenticate()).toEqual([]);
    });
  });

  test("that stays refused is asked for no more", async () => {
    const script = `require("fs").appendFileSync(${JSON.stringify(join(folder, "runs"))}, "x"); console.log("wrong")`;
    const command = JSON.stringify([process.execPath, "-e", script]);
    await withAccount({ DATASPACE_TOKEN_COMMAND: command }, async ({ client }) => {
      for (let times = 0; times < 3; times++) {
        await expect(client.list()).rejects.toMatchObject({ message: "the service refuses the token (401)" });
      }
    });
    expect(emulator.requestLines()).toEqual(Array(3).fill("GET /connectors 401"));
    expect(await readFile(join(folder, "runs"), "utf8")).toBe("xx");
  });

  test.each([
    [
      { DATASPACE_TOKEN_FILE: "/nowhere" },
      "Could not read the token: the file /nowhere can't be read (ENOENT); check its path and permissions.",
    ],
    [
      { DATASPACE_TOKEN_COMMAND: "false" },
      "Could not read the token: the command false failed (exit code 1); run it by hand to see why.",
    ],
    [
      { DATASPACE_TOKEN_COMMAND: "echo two words" },
      "Could not read the token: the command echo gives a value that can't be a token.",
    ],
    [{ DATASPACE_TOKEN_COMMAND: "true" }, "Could not read the token: the command true gives nothing."],
  ])("%j is said before anything is begun", async (env, sentence) => {
    await withAccount(env, async ({ authenticate }) => {
      await expect(authenticate()).rejects.toThrow(
        `${sentence}\nNext: Correct ${Object.keys(env)[0]}, then run the same command again. Nothing is lost: state is kept.`,
      );
    });
  });

  test.each([
    [{}, "DATASPACE_TOKEN is missing"],
    [
      { DATASPACE_TOKEN: "a", DATASPACE_TOKEN_FILE: "b" },
      "DATASPACE_TOKEN and DATASPACE_TOKEN_FILE are both given; keep one",
    ],
    [
      { DATASPACE_TOKEN_URL: "https://id.example/token" },
      "DATASPACE_CLIENT_ID is missing; DATASPACE_CLIENT_SECRET is missing",
    ],
    [
      { DATASPACE_TOKEN_COMMAND: "[1]" },
      "DATASPACE_TOKEN_COMMAND is not a command; write words, or a JSON array of strings",
    ],
    [
      { DATASPACE_TOKEN: "a", DATASPACE_CA_FILE: "/nowhere" },
      "DATASPACE_CA_FILE names /nowhere, which can't be read (ENOENT)",
    ],
  ])("%j is refused", async (env, sentence) => {
    await expect(withAccount(env, () => Promise.resolve())).rejects.toThrow(`Could not use the service: ${sentence}.`);
  });
});

describe("short-lived tokens by OAuth 2 client credentials", () => {
  test("one request to a real token endpoint serves everybody; its token reaches the service", async () => {
    const identity = new OAuth2Server();
    await identity.issuer.keys.generate("RS256");
    await identity.start(0, "127.0.0.1");
    const asked: string[] = [];
    identity.service.on(
      "beforeResponse",
      (
        response: { body: Record<string, unknown> },
        request: { headers: Record<string, string>; body: { grant_type: string } },
      ) => {
        asked.push(
          `${request.body.grant_type} ${Buffer.from(request.headers["authorization"]?.slice(6) ?? "", "base64").toString()}`,
        );
        response.body["access_token"] = "the-right-token";
        response.body["expires_in"] = 28_800;
      },
    );
    try {
      const settings = {
        DATASPACE_TOKEN_URL: `${identity.issuer.url?.replace("localhost", "127.0.0.1") ?? ""}/token`,
        DATASPACE_CLIENT_ID: "pipeline",
        DATASPACE_CLIENT_SECRET: "s3cr3t:with/signs",
      };
      await withAccount(settings, async ({ client }) => {
        await Promise.all(["a", "b", "c"].map((name) => client.create(name, undefined)));
      });
      expect(emulator.names().sort()).toEqual(["a", "b", "c"]);
      expect(asked).toEqual(["client_credentials pipeline:s3cr3t%3Awith%2Fsigns"]);
    } finally {
      await identity.stop();
    }
  });

  test("a token is renewed before it ends, and when it is refused", async () => {
    let now = 0;
    const server = await hostileServer((response, _, count) =>
      response.end(JSON.stringify({ access_token: `token-${count}`, expires_in: 100 })),
    );
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const source = new OAuthSource(
      { tokenUrl: `${server.endpoint}/token`, clientId: "c", clientSecret: "s3cret" },
      limits,
      clock,
    );
    const bearer = new RenewedBearer(source, clock);
    try {
      expect(await Promise.all([bearer.current(), bearer.current()])).toEqual(["token-1", "token-1"]);
      now = 89_000;
      expect(await bearer.current()).toBe("token-1");
      now = 90_000;
      expect(await bearer.current()).toBe("token-2");
      expect(await Promise.all([bearer.refused("token-2"), bearer.refused("token-2")])).toEqual([true, true]);
      expect(await bearer.current()).toBe("token-3");
      expect(server.requests).toEqual(Array(3).fill("POST /token"));
    } finally {
      await bearer.close();
      await server.close();
    }
  });

  test.each([
    [401, '{"error":"invalid_client"}', "UNAUTHORIZED", "it refuses the token (401)"],
    [200, "<html></html>", "UNAVAILABLE", "it answered without an access token"],
    [200, '{"access_token":"a\\r\\nx-more: 1"}', "UNAVAILABLE", "it answered without an access token"],
    [200, '{"access_token":{"toString":"x"}}', "UNAVAILABLE", "it answered without an access token"],
    [307, "", "UNAVAILABLE", "it answered 307, a redirect to https://elsewhere.example/token"],
  ])("an endpoint that answers %i %s ends in a sentence without the secret", async (status, body, code, observed) => {
    const server = await hostileServer((response) =>
      response.writeHead(status, { location: "https://elsewhere.example/token?code=1" }).end(body),
    );
    const tokenUrl = `${server.endpoint}/token`;
    const source = new OAuthSource({ tokenUrl, clientId: "c", clientSecret: "CANARY-secret" }, limits);
    const error = await source.read().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    expect(String((error as Error).message)).toContain(`Could not get an access token from ${tokenUrl}: ${observed}.`);
    expect(String((error as Error).message)).not.toContain("CANARY");
    await source.close();
    await server.close();
  });
});

test("a fixed token is never asked for again", async () => {
  const client = clientOf(emulator, { bearer: fixedBearer("wrong") });
  await expect(client.list()).rejects.toMatchObject({ kind: "unauthorized" });
  expect(emulator.requestLines()).toEqual(["GET /connectors 401"]);
  await client.close();
});
