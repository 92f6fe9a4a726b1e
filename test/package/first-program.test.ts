import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** A user's first program, in the ways in which existing Pulumi projects compile theirs, against the packed package. */
const root = fileURLToPath(new URL("../..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
let folder: string;

const program = `
import * as pulumi from "@pulumi/pulumi";
import { Connector, fromEnv } from "pulumi-dataspace";
import { up } from "pulumi-dataspace/pipeline";
import { Emulator } from "pulumi-dataspace/emulator";

const key = fromEnv("KEY");
const acme = new Connector("acme", {
  amazonS3: {
    bucketName: "acme",
    region: "eu-central-1",
    accessKeyIdRead: key,
    secretAccessKeyRead: key,
    accessKeyIdWrite: key,
    secretAccessKeyWrite: key,
  },
});
export const status: pulumi.Output<string> = acme.status;
export const others: [typeof up, typeof Emulator] = [up, Emulator];
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-dataspace-first-program-"));
  const modules = join(folder, "node_modules");
  const link = (name: string) => {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  };
  for (const name of ["@pulumi/pulumi", "@types/node", ...Object.keys(dependencies)]) link(name);
  const tarball = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root }).toString();
  execFileSync("tar", ["-xzf", tarball.trim()], { cwd: folder });
  cpSync(join(folder, "package"), join(modules, "pulumi-dataspace"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  writeFileSync(join(folder, "index.ts"), program);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Node in the project; what it prints. */
function node(args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", env: { ...process.env, KEY: "a-key" } });
}

test.each([
  ["most existing projects", { module: "commonjs", moduleResolution: "node", ignoreDeprecations: "6.0" }],
  [
    "most existing projects, exact",
    { module: "commonjs", moduleResolution: "node", ignoreDeprecations: "6.0", exactOptionalPropertyTypes: true },
  ],
  ["today's template", { module: "nodenext", moduleResolution: "nodenext" }],
  ["a bundler", { module: "esnext", moduleResolution: "bundler" }],
])("it compiles with the tsconfig of %s", (_, options) => {
  const compilerOptions = {
    strict: true,
    target: "es2022",
    noEmit: true,
    skipLibCheck: false,
    types: ["node"],
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  expect(node([join(root, "node_modules/typescript/bin/tsc"), "-p", "."])).toBe("");
});

test("Pulumi's own compiler compiles and loads it, with a user's mocks", () => {
  // As Pulumi's language host does where a project has no compiler of its own.
  const run = `
const vendored = (name) => require.resolve("@pulumi/pulumi/vendor/" + name);
require(vendored("ts-node@7.0.1")).register({
  compiler: vendored("typescript@3.8.3/typescript.js"),
  skipProject: true,
  compilerOptions: { target: "ES2020", module: "commonjs", moduleResolution: "node", sourceMap: "true" },
});
require("@pulumi/pulumi").runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, status: "RUNNING" } }),
  call: ({ inputs }) => inputs,
});
require("./index.ts").status.apply((status) => console.log(status));
`;
  writeFileSync(join(folder, "run.cjs"), run);
  expect(node(["run.cjs"])).toBe("RUNNING\n");
});
