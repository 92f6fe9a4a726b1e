import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { isObject, parseJson } from "../../provider/model/json.js";

/** Where Pulumi keeps state: a folder, a bucket or database that Pulumi fills with files, or a service. */
export type Backend =
  { readonly kind: "folder"; readonly folder: string } | { readonly kind: "bucket" } | { readonly kind: "service" };

/** The kind of backend behind a URL, as `PULUMI_BACKEND_URL` has it. Default: Pulumi's service. */
export function backendAt(url: string | undefined): Backend {
  if (url === undefined || /^https?:/.test(url)) return { kind: "service" };
  const [, path] = /^file:\/\/([^?]*)/.exec(url) ?? [];
  if (path === undefined) return { kind: "bucket" };
  return { kind: "folder", folder: resolve(path.replace(/^~(?=$|\/)/, homedir())) };
}

/** The backend of a project. */
export async function backendOf(workspace: LocalWorkspace): Promise<Backend> {
  const { backend } = await workspace.projectSettings();
  return backendAt(await backendUrl({ ...process.env, ...workspace.envVars }, backend?.url));
}

/**
 * The URL that the CLI uses: of the environment, else of the project, else of `pulumi login`. As for the CLI, an empty variable
 * is not set.
 */
export async function backendUrl(env: NodeJS.ProcessEnv, ofProject?: string): Promise<string | undefined> {
  const given = env["PULUMI_BACKEND_URL"] || ofProject;
  if (given) return given;
  const home = env["PULUMI_HOME"] || join(homedir(), ".pulumi");
  const login = parseJson(await readFile(join(home, "credentials.json"), "utf8").catch(() => ""));
  const current = isObject(login) ? login["current"] : undefined;
  return typeof current === "string" && current !== "" ? current : undefined;
}
