import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { oldestCli } from "../../sdk/pipeline/doctor/machine.js";
// @ts-expect-error -- the set-up's own files are plain JavaScript: they run before anything is installed
import { oldestVersion } from "../../tools/pulumi-cli.mjs";
import { beginCli, runCli } from "../support/cli.js";
import { Folder } from "../support/folder.js";
import { hostileServer, ownCertificate, type HostileServer } from "../support/hostile.js";

let emulator: Emulator;
let folder: Folder;
let server: HostileServer | undefined;

beforeEach(async () => {
  emulator = await Emulator.start();
  emulator.interfere("acme", { create: {} });
  folder = await Folder.create();
  await pulumi("echo v3.259.0");
  for (const name of ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_DATASPACE_CLI"])
    vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
  await folder.remove();
  await emulator.close();
});

/** Puts a CLI of that name on the only PATH there is. */
async function pulumi(script: string): Promise<void> {
  await mkdir(join(folder.path, "bin"), { recursive: true });
  await chmod(await folder.write("bin/pulumi", `#!/bin/sh\n${script}\n`), 0o755);
}

function env(more: Record<string, string> = {}): Record<string, string> {
  return {
    DATASPACE_ENDPOINT: emulator.endpoint,
    DATASPACE_TOKEN: emulator.token,
    PATH: join(folder.path, "bin"),
    PULUMI_HOME: folder.path,
    PULUMI_BACKEND_URL: `file://${folder.path}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    ...more,
  };
}

/** The lines, by check; those of a healthy machine unless told. */
function lines(more: Record<string, string> = {}): string {
  const rows = {
    settings: "✓ complete; the token comes from DATASPACE_TOKEN",
    endpoint: `✓ ${emulator.endpoint} answers`,
    TLS: "✓ not needed on this machine",
    token: "✓ accepted; 1 connector",
    clock: "✓ agrees with the service's",
    CLI: "✓ pulumi 3.259.0",
    backend: `✓ file://${folder.path} can be written`,
    passphrase: "✓ given by PULUMI_CONFIG_PASSPHRASE",
    ...more,
  };
  const written = Object.entries(rows).map(([check, row]) => `${row[0]} ${check.padEnd(10)}  ${row.slice(2)}\n`);
  return written.join("");
}

const doctor = (more: Record<string, string> = {}) => runCli(["doctor"], { env: env(more) });

/** Nothing came that would tell of these. */
const untold = {
  token: "· not checked: no answer to tell by",
  clock: "· not checked: no answer to tell by",
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
        endpoint: `✗ ${DATASPACE_ENDPOINT}: no connection to the service (ECONNREFUSED). Next: Check DATASPACE_ENDPOINT and the network.`,
        ...untold,
      }),
      stderr: "",
    });
  });

  test("a host that has no address", async () => {
    const { code, stdout } = await doctor({ DATASPACE_ENDPOINT: "https://nobody.invalid" });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✗ endpoint {4}https:\/\/nobody.invalid: the host's name can't be resolved \(\w+\). Next: Check the host name in DATASPACE_ENDPOINT.$/m,
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
        TLS: "✗ no trusted connection to the service (DEPTH_ZERO_SELF_SIGNED_CERT). Next: Check the certificate of the host in DATASPACE_ENDPOINT; for an authority of your own, set DATASPACE_CA_FILE.",
        ...untold,
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
      /^! TLS {9}plain http to another machine, so that the token travels in clear. Next: Use https in DATASPACE_ENDPOINT.$/m,
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
        endpoint: `✗ ${server.endpoint}: ${observed}. Next: Check that DATASPACE_ENDPOINT is the address of the Connectors API itself, not of a page or proxy.`,
        token: untold.token,
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

  test("a service that turns requests away, one that fails, and one that doesn't list", async () => {
    emulator.fault({ call: "list", do: { status: 429 } });
    expect(await doctor()).toMatchObject({
      code: 0,
      stdout: lines({
        endpoint: `! ${emulator.endpoint}: the service is turning requests away (429). Next: Try again later.`,
        token: untold.token,
      }),
    });
    emulator.fault({ call: "list", do: { status: 503 } });
    expect(await doctor()).toMatchObject({
      code: 1,
      stdout: lines({
        endpoint: `✗ ${emulator.endpoint}: the service answered 503. Next: Try again later; if it goes on, tell the service's operator.`,
        token: untold.token,
      }),
    });
    emulator.quirks.list = "refused";
    expect(await doctor()).toMatchObject({
      code: 0,
      stdout: lines({
        endpoint: `! ${emulator.endpoint} refuses to list connectors. Next: Name connectors one by one; patterns match none.`,
        token: untold.token,
      }),
    });
  });
});

describe("the CLI", () => {
  test("none on PATH", async () => {
    expect(await doctor({ PATH: folder.path })).toMatchObject({
      code: 1,
      stdout: lines({
        CLI: "✗ there is no pulumi on PATH. Next: Install it (https://www.pulumi.com/docs/install), or add it to PATH.",
      }),
    });
  });

  test("an old one", async () => {
    await pulumi("echo v3.99.9");
    expect(await doctor()).toMatchObject({
      code: 1,
      stdout: lines({ CLI: `✗ pulumi 3.99.9 is older than ${oldestCli}. Next: Install ${oldestCli} or newer.` }),
    });
    expect(oldestCli).toBe(oldestVersion);
  });

  test.each(["v3.216.0", "v3.260.0-alpha.1+abc", "v4.0.0"])("%s will do", async (version) => {
    await pulumi(`echo ${version}`);
    expect(await doctor()).toMatchObject({ code: 0, stdout: lines({ CLI: `✓ pulumi ${version.slice(1)}` }) });
  });

  test.each([
    ["echo no such library >&2; exit 127", "no such library"],
    ["exit 3", "it exits 3"],
    ["echo hello", "it prints no version"],
  ])("one that can't be used: %s", async (script, why) => {
    await pulumi(script);
    expect(await doctor()).toMatchObject({
      code: 1,
      stdout: lines({ CLI: `✗ pulumi version fails: ${why}. Next: Install pulumi anew.` }),
    });
  });

  test("the one that PULUMI_DATASPACE_CLI names", async () => {
    expect(await doctor({ PATH: folder.path, PULUMI_DATASPACE_CLI: folder.path })).toMatchObject({ code: 0 });
  });
});

describe("backend and passphrase", () => {
  test("a folder that isn't there, and one that is a file", async () => {
    const missing = `file://${folder.path}/missing`;
    expect(await doctor({ PULUMI_BACKEND_URL: missing })).toMatchObject({
      code: 1,
      stdout: lines({
        backend: `✗ ${missing} is no folder that can be written (ENOENT). Next: Make the folder, or correct PULUMI_BACKEND_URL.`,
      }),
    });
    const file = `file://${await folder.write("state", "")}`;
    expect((await doctor({ PULUMI_BACKEND_URL: file })).stdout).toContain(
      `${file} is no folder that can be written (ENOTDIR).`,
    );
  });

  test("none is chosen, and one that pulumi login remembers", async () => {
    expect(await doctor({ PULUMI_BACKEND_URL: "" })).toMatchObject({
      code: 1,
      stdout: lines({
        backend:
          "✗ none is chosen. Next: Set PULUMI_BACKEND_URL, e.g. to s3://bucket or file:///srv/state, or run pulumi login.",
      }),
    });
    await folder.write("credentials.json", '{ "current": "https://api.pulumi.com" }');
    expect(await doctor({ PULUMI_BACKEND_URL: "" })).toMatchObject({
      code: 0,
      stdout: lines({
        backend: "✓ https://api.pulumi.com/, which is not asked",
        passphrase: "✓ not needed with this backend",
      }),
    });
  });

  test("a remote one isn't asked, and its password isn't shown", async () => {
    expect(await doctor({ PULUMI_BACKEND_URL: "postgres://me:hunter2@db.invalid/state?sslmode=off" })).toMatchObject({
      code: 0,
      stdout: lines({ backend: "✓ postgres://db.invalid/state, which is not asked" }),
    });
  });

  test("no passphrase, one in a file, and a file that isn't there", async () => {
    const { PULUMI_CONFIG_PASSPHRASE: _, ...rest } = env();
    expect(await runCli(["doctor"], { env: rest })).toMatchObject({
      code: 1,
      stdout: lines({
        passphrase:
          "✗ neither PULUMI_CONFIG_PASSPHRASE nor PULUMI_CONFIG_PASSPHRASE_FILE is set. Next: Set one of them; only stacks made with --secrets-provider need none.",
      }),
    });
    const PULUMI_CONFIG_PASSPHRASE_FILE = await folder.write("passphrase", "hunter2");
    expect(await runCli(["doctor"], { env: { ...rest, PULUMI_CONFIG_PASSPHRASE_FILE } })).toMatchObject({
      code: 0,
      stdout: lines({ passphrase: "✓ given by PULUMI_CONFIG_PASSPHRASE_FILE" }),
    });
    const missing = join(folder.path, "missing");
    expect(await runCli(["doctor"], { env: { ...rest, PULUMI_CONFIG_PASSPHRASE_FILE: missing } })).toMatchObject({
      code: 1,
      stdout: lines({
        passphrase: `✗ ${missing} can't be read (ENOENT). Next: Correct PULUMI_CONFIG_PASSPHRASE_FILE.`,
      }),
    });
  });
});

test("interrupted: exit 130", async () => {
  emulator.fault({ call: "list", do: "hang" });
  const { child, ended } = beginCli(["doctor"], { env: env() });
  await emulator.waitFor(({ call }) => call === "list");
  child.kill("SIGINT");
  expect(await ended).toEqual({
    code: 130,
    stdout: "",
    stderr: "Interrupted; nothing was changed.\nNext: Run the same command again.\n",
  });
});
