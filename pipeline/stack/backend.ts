import { readFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { homeFolder } from "../../provider/model/home-folder.js";
import { isObject, parseJson } from "../../provider/model/json.js";

/** Where Pulumi keeps state: a folder, a bucket or database that Pulumi fills with files, or a service. */
export type Backend =
  { readonly kind: "folder"; readonly folder: string } | { readonly kind: "bucket" } | { readonly kind: "service" };

/**
 * The kind of backend behind a URL, as `PULUMI_BACKEND_URL` has it.
 *
 * @param url default: Pulumi's service
 * @param folder in which the CLI runs: relative paths begin there
 */
export function backendAt(url: string | undefined, folder: string): Backend {
  if (url === undefined || /^https?:/.test(url)) return { kind: "service" };
  const [, path] = /^file:\/\/([^?]*)/.exec(url) ?? [];
  if (path === undefined) return { kind: "bucket" };
  return { kind: "folder", folder: resolve(folder, path.replace(/^~(?=$|\/)/, homeFolder() ?? "~")) };
}

/** The same place, for a CLI that runs in whatever folder: a relative `file://./state` begins in this one. */
export function fromAnywhere(url: string, folder: string): string {
  const [, path, query] = /^file:\/\/([^?]*)(.*)$/.exec(url) ?? [];
  if (path === undefined || isAbsolute(path) || /^~(?=$|\/)/.test(path)) return url;
  return `file://${resolve(folder, path)}${query}`;
}

/** The backend of a project. */
export async function backendOf(workspace: LocalWorkspace): Promise<Backend> {
  const { backend } = await workspace.projectSettings();
  const url = await backendUrl({ ...process.env, ...workspace.envVars }, backend?.url);
  return backendAt(url, workspace.workDir);
}

/**
 * The URL that the CLI uses: of the environment, else of the project, else of `pulumi login`. As for the CLI, an empty variable
 * is not set.
 */
export async function backendUrl(env: NodeJS.ProcessEnv, ofProject?: string): Promise<string | undefined> {
  const given = env["PULUMI_BACKEND_URL"] || ofProject;
  if (given) return given;
  const home = homeFolder();
  const folder = env["PULUMI_HOME"] || (home && join(home, ".pulumi"));
  if (!folder) return undefined;
  const login = parseJson(await readFile(join(folder, "credentials.json"), "utf8").catch(() => ""));
  const current = isObject(login) ? login["current"] : undefined;
  return typeof current === "string" && current !== "" ? current : undefined;
}
