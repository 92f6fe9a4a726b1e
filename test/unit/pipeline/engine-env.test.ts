import { join } from "node:path";
import { expect, test } from "vitest";
import { engineEnv, withEnv } from "../../../pipeline/stack/engine-env.js";
import { absolutePaths } from "../../../pipeline/stack/paths.js";

const source = { project: "fleet", program: () => Promise.resolve({}) };
const cacheWith = (env: Record<string, string>, of: object = source) =>
  engineEnv(of as typeof source, { source: { manifest: "connectors.yaml" }, stack: "prod", env }, "/tmp/run")[
    "NODE_COMPILE_CACHE"
  ];

test("an inline program's providers keep what is compiled, in the user's own folder, unless the user says otherwise", () => {
  const undecided = { NODE_COMPILE_CACHE: "", NODE_DISABLE_COMPILE_CACHE: "" };
  expect(cacheWith({ ...undecided, XDG_CACHE_HOME: "/home/ada/caches" })).toBe(
    "/home/ada/caches/pulumi-dataspace/compiled",
  );
  expect(cacheWith({ ...undecided, NODE_COMPILE_CACHE: "/chosen" })).toBe("/chosen");
  expect(cacheWith({ NODE_COMPILE_CACHE: "", NODE_DISABLE_COMPILE_CACHE: "1" })).toBe("");
  // Of a project that is run by a language host nobody here knows what it needs.
  expect(cacheWith({ XDG_CACHE_HOME: "/home/ada/caches" }, { project: undefined, projectDir: "/home/ada" })).toBe(
    undefined,
  );
});

test("what one run adds to the environment is gone with it, also where it fails", async () => {
  const workspace = { envVars: { PULUMI_HOME: "/home", DATASPACE_TOKEN: "a" } as Record<string, string> };
  const seen = () => Promise.resolve(workspace.envVars);
  expect(await withEnv(workspace, { DATASPACE_TOKEN: "b", DATASPACE_NO_CREDENTIALS: "true" }, seen)).toEqual({
    PULUMI_HOME: "/home",
    DATASPACE_TOKEN: "b",
    DATASPACE_NO_CREDENTIALS: "true",
  });
  await expect(withEnv(workspace, { MORE: "1" }, () => Promise.reject(new Error("killed")))).rejects.toThrow("killed");
  expect(workspace.envVars).toEqual({ PULUMI_HOME: "/home", DATASPACE_TOKEN: "a" });
});

test("every path that a variable names is relative to where the user stands", () => {
  const env = { PULUMI_BACKEND_URL: "file://./state", PULUMI_CONFIG_PASSPHRASE_FILE: "../word", PULUMI_HOME: "/home" };
  const given = { ...env, PGSSLROOTCERT: "ca.pem", AWS_CONFIG_FILE: "", AWS_PROFILE: "prod" };
  expect(absolutePaths(given, "/srv/work")).toEqual({
    PULUMI_BACKEND_URL: "file:///srv/work/state",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/srv/word",
    PULUMI_HOME: "/home",
    PGSSLROOTCERT: "/srv/work/ca.pem",
  });
});

test.each([
  [{ manifest: "fleet/connectors.yaml" }, join(process.cwd(), "fleet")],
  [{ program: source.program, project: "fleet" }, process.cwd()],
])("the provider learns where the user stands, and what references are relative to: %o", (of, folder) => {
  expect(engineEnv(source, { source: of, stack: "prod" }, "/tmp/run")).toMatchObject({
    DATASPACE_FOLDER: process.cwd(),
    DATASPACE_REFERENCE_FOLDER: folder,
  });
});

test("a manifest's endpoint counts where the environment has none, and may not lead elsewhere", () => {
  const of = { ...source, manifest: { endpoint: "https://x.example/b" } } as never;
  const at = (DATASPACE_ENDPOINT: string) =>
    engineEnv(of, { source: { manifest: "c.yaml" }, stack: "prod", env: { DATASPACE_ENDPOINT } }, "/tmp/run")[
      "DATASPACE_ENDPOINT"
    ];
  expect([at(""), at("https://x.example")]).toEqual(["https://x.example/b", "https://x.example"]);
  expect(() => at("https://y.example")).toThrow(
    "Could not use the service: the manifest (endpoint) names https://x.example, but DATASPACE_ENDPOINT is https://y.example, and the token is sent nowhere else.\n" +
      "Next: Correct endpoint in the manifest; set DATASPACE_ENDPOINT to the new endpoint only if the token is meant for it.",
  );
});

test("in a project's folder references are relative to it, as for pulumi itself", () => {
  const of = { projectDir: "/home/ada" };
  const env = engineEnv({ project: undefined, ...of }, { source: of, stack: "prod" }, "/tmp/run");
  expect(env).not.toHaveProperty("DATASPACE_REFERENCE_FOLDER");
});
