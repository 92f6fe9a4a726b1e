import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { quote } from "../../provider/errors/redact.js";
import { backendAt, backendUrl, fromAnywhere } from "../stack/backend.js";
import * as messages from "./messages.js";
import { ok, type Finding } from "./messages.js";

/** The oldest supported CLI: the first whose `read` may return inputs, which names drift. */
export const oldestCli = "3.216.0";

/** Checks what this machine has for Pulumi: CLI, backend, passphrase. Runs nothing but `pulumi version`. */
export async function machineFindings(
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  // As the run does: relative to where one stands.
  const given = await backendUrl(environment);
  const url = given === undefined ? undefined : fromAnywhere(given, process.cwd());
  return Promise.all([cliFinding(environment, signal), backendFinding(url), passphraseFinding(url, environment)]);
}

async function cliFinding(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Finding> {
  // Otherwise it looks for a newer version over the network.
  const env = { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const root = environment["PULUMI_DATASPACE_CLI"];
  const command = root ? join(root, "bin", "pulumi") : "pulumi";
  try {
    const { stdout } = await promisify(execFile)(command, ["version"], { env, signal, timeout: 20_000 });
    const version = stdout.trim().replace(/^v/, "");
    if (!/^\d+\.\d+\.\d+/.test(version)) return messages.cli.unusable("it prints no version");
    return isOlder(version, oldestCli)
      ? messages.cli.old(quote(version), oldestCli)
      : ok("CLI", `pulumi ${quote(version)}`);
  } catch (error) {
    signal.throwIfAborted();
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") return messages.cli.missing();
    const [line] = stderr.trim().split("\n");
    return messages.cli.unusable(quote(line || (typeof code === "number" ? `it exits ${code}` : "it doesn't answer")));
  }
}

/** Compares major, minor and patch; ignores the rest. */
function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[.+-]/).slice(0, 3).map(Number);
  const [have, want] = [numbers(version), numbers(than)];
  const differing = have.findIndex((number, index) => number !== want[index]);
  return differing !== -1 && (have[differing] ?? 0) < (want[differing] ?? 0);
}

async function backendFinding(url: string | undefined): Promise<Finding> {
  if (url === undefined) return messages.backend.unchosen();
  const backend = backendAt(url, process.cwd());
  if (backend.kind !== "folder") return ok("backend", messages.backend.remote(withoutSecrets(url)));
  try {
    if (!(await stat(backend.folder)).isDirectory()) return messages.backend.unwritable(url, "ENOTDIR");
    await access(backend.folder, constants.W_OK);
    return ok("backend", messages.backend.writable(url));
  } catch (error) {
    return messages.backend.unwritable(url, codeOf(error));
  }
}

async function passphraseFinding(url: string | undefined, environment: NodeJS.ProcessEnv): Promise<Finding> {
  // The Pulumi service keeps the keys of its stacks itself.
  if (url !== undefined && backendAt(url, process.cwd()).kind === "service")
    return ok("passphrase", messages.passphrase.unneeded);
  // An empty passphrase is valid.
  if (environment["PULUMI_CONFIG_PASSPHRASE"] !== undefined)
    return ok("passphrase", messages.passphrase.given("PULUMI_CONFIG_PASSPHRASE"));
  const path = environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (!path) return messages.passphrase.missing();
  try {
    await readFile(path);
    return ok("passphrase", messages.passphrase.given("PULUMI_CONFIG_PASSPHRASE_FILE"));
  } catch (error) {
    return messages.passphrase.unreadable(path, codeOf(error));
  }
}

/** Leaves out user name, password and query: they may hold secrets. */
function withoutSecrets(text: string): string {
  const url = URL.parse(text);
  return url ? quote(`${url.protocol}//${url.host}${url.pathname}`) : "an address that is not a URL";
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown";
}
