import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { isObject } from "../../provider/model/json.js";

/** Where Pulumi keeps state: files in a folder, a bucket or database that Pulumi fills with files, or a service of its own. */
export type Backend =
  { readonly kind: "folder"; readonly folder: string } | { readonly kind: "bucket" } | { readonly kind: "service" };

/** The kind of backend behind a URL, as `PULUMI_BACKEND_URL` has it; without one it is Pulumi's service. */
export function backendAt(url: string | undefined): Backend {
  if (url === undefined || /^https?:/.test(url)) return { kind: "service" };
  const [, path] = /^file:\/\/([^?]*)/.exec(url) ?? [];
  if (path === undefined) return { kind: "bucket" };
  return { kind: "folder", folder: resolve(path.replace(/^~/, homedir())) };
}

/** The backend that the CLI goes by: the environment, else the project's settings, else what `pulumi login` has chosen. */
export async function backendOf(workspace: LocalWorkspace): Promise<Backend> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...workspace.envVars };
  const { backend } = await workspace.projectSettings();
  return backendAt(env["PULUMI_BACKEND_URL"] ?? backend?.url ?? (await loggedIn(env)));
}

async function loggedIn(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const home = env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  try {
    const read: unknown = JSON.parse(await readFile(join(home, "credentials.json"), "utf8"));
    return isObject(read) && typeof read["current"] === "string" ? read["current"] : undefined;
  } catch {
    return undefined;
  }
}
