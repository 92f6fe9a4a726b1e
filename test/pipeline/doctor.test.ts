import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { DoctorBench } from "../support/doctor.js";
import { hostileServer, ownCertificate, type HostileServer } from "../support/hostile.js";

let bench: DoctorBench;
let emulator: DoctorBench["emulator"];
let folder: DoctorBench["folder"];
let env: DoctorBench["env"];
let lines: DoctorBench["lines"];
let doctor: DoctorBench["doctor"];
let server: HostileServer | undefined;

beforeEach(async () => {
  bench = await DoctorBench.start();
  ({ emulator, folder, env, lines, doctor } = bench);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await bench.end();
});

/** What needs an answer of the service. */
const unanswered = {
  token: "· not checked: no usable answer",
  clock: "· not checked: no usable answer",
};

test("all is well: a line each, by one request to the service", async () => {
  expect(await doctor()).toEqual({ code: 0, stdout: lines(), stderr: "" });
  expect(emulator.requestLines()).toEqual(["GET /connectors 200"]);
});

test("as JSON", async () => {
  const { code, stdout } = await runCli(["doctor", "--json"], { env: env({ DATASPACE_TOKEN: "sk-wrong" }) });
  expect(code).toBe(1);
  const { findings, ...rest } = JSON.parse(stdout) as { findings: unknown[] };
  expect(rest).toEqual({ requests: 1, exitCode: 1 });
  expect(findings).toContainEqual({
    check: "token",
    result: "problem",
    text: "the service refuses the token (401): Invalid token",
    next: "Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.",
  });
});

describe("the service", () => {
  test.each(["401", "403"] as const)("a wrong token (%s)", async (unauthorized) => {
    emulator.quirks.unauthorized = unauthorized;
    expect(await doctor({ DATASPACE_TOKEN: "sk-wrong" })).toEqual({
      code: 1,
      stdout: lines({
        token: `✗ the service refuses the token (${unauthorized}): Invalid token. Next: Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.`,
      }),
      stderr: "",
    });
    expect(emulator.requestLines()).toEqual([`GET /connectors ${unauthorized}`]);
  });

  test("a token from a file that isn't there", async () => {
    const { DATASPACE_TOKEN: _, ...rest } = env({ DATASPACE_TOKEN_FILE: join(folder.path, "no-token") });
    const { code, stdout } = await runCli(["doctor"], { env: rest });
    expect(code).toBe(1);
    expect(stdout).toContain(
      `✗ token       Could not read the token: the file ${join(folder.path, "no-token")} can't be read (ENOENT); check its path and permissions. Next: Correct DATASPACE_TOKEN_FILE, then run the same command again.\n`,
    );
    expect(emulator.requestLines()).toEqual([]);
  });

  test("settings that are missing", async () => {
    const after = "· not checked: the settings come first";
    expect(await doctor({ DATASPACE_TOKEN: "" })).toEqual({
      code: 1,
      stdout: lines({
        settings:
          "✗ Could not use the service: DATASPACE_TOKEN is missing. Next: Set DATASPACE_ENDPOINT and DATASPACE_TOKEN in the environment (or dataspace:endpoint and, with --secret, dataspace:token in the stack's config).",
        endpoint: after,
        TLS: after,
        token: after,
        clock: after,
      }),
      stderr: "",
    });
  });

  test("unreachable: asked once", async () => {
    const DATASPACE_ENDPOINT = "http://127.0.0.1:9/backend";
    expect(await doctor({ DATASPACE_ENDPOINT })).toEqual({
      code: 1,
      stdout: lines({
        endpoint: `✗ ${DATASPACE_ENDPOINT}: no connection to the service (ECONNREFUSED). Next: Check DATASPACE_ENDPOINT and the network. Run the same command again when the service is reachable.`,
        ...unanswered,
      }),
      stderr: "",
    });
  });

  test("a host that has no address", async () => {
    const { code, stdout } = await doctor({ DATASPACE_ENDPOINT: "https://nobody.invalid" });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✗ endpoint {4}https:\/\/nobody.invalid: the host name can't be resolved \(\w+\). Next: Check the host name in DATASPACE_ENDPOINT.$/m,
    );
    expect(stdout).toMatch(/^· TLS {9}not checked: no connection$/m);
  });

  test("a certificate that nobody vouches for, and one's own authority", async () => {
    server = await hostileServer((response) => response.end("{}"), "https");
    const { endpoint } = server;
    expect(await doctor({ DATASPACE_ENDPOINT: endpoint })).toEqual({
      code: 1,
      stdout: lines({
        endpoint: `· not checked: ${endpoint} was not asked`,
        TLS: "✗ no trusted connection to the service (DEPTH_ZERO_SELF_SIGNED_CERT). Next: Check the certificate of the host in DATASPACE_ENDPOINT; for your own certificate authority, set DATASPACE_CA_FILE.",
        ...unanswered,
      }),
      stderr: "",
    });
    expect(server.requests).toEqual([]);
    expect(await doctor({ DATASPACE_ENDPOINT: endpoint, DATASPACE_CA_FILE: ownCertificate })).toEqual({
      code: 0,
      stdout: lines({
        endpoint: `✓ ${endpoint} answers`,
        TLS: `✓ the certificate of ${new URL(endpoint).host} is trusted`,
        token: "✓ accepted; 0 connectors",
      }),
      stderr: "",
    });
    expect(server.requests).toEqual(["GET /connectors"]);
  });

  test("plain http to another machine", async () => {
    const more = { DATASPACE_ENDPOINT: "http://nobody.invalid", DATASPACE_ALLOW_INSECURE: "true" };
    expect((await doctor(more)).stdout).toMatch(
      /^! TLS {9}plain http to another machine, which sends the token unencrypted. Next: Use https in DATASPACE_ENDPOINT.$/m,
    );
  });

  test.each([
    [200, 'the service answered 200, but not with a list of connectors: an HTML page, "Log in"'],
    [403, 'the service refuses the token (403): an HTML page, "Log in"'],
    [404, 'the service answered 404: an HTML page, "Log in"'],
  ])("a page in place of the API (%i)", async (status, observed) => {
    server = await hostileServer((response) => {
      response.writeHead(status, { "content-type": "text/html" });
      response.end("<html><title>Log in</title></html>");
    });
    expect(await doctor({ DATASPACE_ENDPOINT: server.endpoint })).toEqual({
      code: 1,
      stdout: lines({
        endpoint: `✗ ${server.endpoint}: ${observed}. Next: Check that DATASPACE_ENDPOINT is the address of the Connectors API itself, not of a login page or proxy.`,
        token: unanswered.token,
      }),
      stderr: "",
    });
    expect(server.requests).toEqual(["GET /connectors"]);
  });

  test.each([
    [-3_600_000, "! 1h ahead of the service's"],
    [600_000, "! 9m59s behind the service's"],
  ])("a clock that is off by %i ms: a warning", async (offBy, finding) => {
    server = await hostileServer((response) => {
      // Dates have whole seconds: half of one keeps the answer the same, whenever it comes.
      response.setHeader("date", new Date(Math.ceil(Date.now() / 1_000) * 1_000 + offBy).toUTCString());
      response.end("{}");
    });
    const { code, stdout } = await doctor({ DATASPACE_ENDPOINT: server.endpoint });
    expect(code).toBe(0);
    const [words = ""] = finding.slice(2).split(" ");
    const line = stdout.split("\n").find((each) => each.includes(" clock ")) ?? "";
    expect(line.replace(/\d+h?\d*m?(\d+s)? (?=ahead|behind)/, `${words} `)).toBe(
      `! clock       ${finding.slice(2)}. Next: Set this machine's clock, e.g. by NTP.`,
    );
  });

  test("an answer without a date", async () => {
    server = await hostileServer((response) => {
      response.sendDate = false;
      response.end("{}");
    });
    expect((await doctor({ DATASPACE_ENDPOINT: server.endpoint })).stdout).toContain(
      "· clock       not checked: the service's answer has no date\n",
    );
  });

  test("entries of the list that have no valid name: a warning", async () => {
    emulator.interfere("Acme Edc", { create: {} });
    expect(await doctor()).toEqual({
      code: 0,
      stdout: lines({
        endpoint:
          "! The service lists 1 entry whose name is not valid for a connector, so no command can use it: Acme Edc. Next: Rename or delete such entries at the service.",
      }),
      stderr: "",
    });
  });

  test("a service that turns requests away, one that fails, and one that doesn't list", async () => {
    emulator.fault({ call: "list", do: { status: 429 } });
    expect(await doctor()).toMatchObject({
      code: 0,
      stdout: lines({
        endpoint: `! ${emulator.endpoint}: the service is throttling requests (429). Next: Run the same command again later, or with fewer requests at a time (DATASPACE_MAX_CONCURRENCY=2).`,
        token: unanswered.token,
      }),
    });
    emulator.fault({ call: "list", do: { status: 503 } });
    expect(await doctor()).toMatchObject({
      code: 1,
      stdout: lines({
        endpoint: `✗ ${emulator.endpoint}: the service answered 503. Next: Run the same command again; if it persists, give the service's operator the line above.`,
        token: unanswered.token,
      }),
    });
    emulator.quirks.list = "refused";
    expect(await doctor()).toMatchObject({
      code: 0,
      stdout: lines({
        endpoint: `! ${emulator.endpoint} refuses to list connectors. Next: Name connectors one by one; patterns can't match any.`,
        token: unanswered.token,
      }),
    });
  });
});
