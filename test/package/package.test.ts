import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = new URL("../..", import.meta.url).pathname;
const { devDependencies: versions } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  devDependencies: Record<string, string>;
};
let folder: string;
let tarball: string;

function run(cwd: string, program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-dataspace-package-"));
  tarball = join(folder, run(root, "npm", "pack", "--silent", "--pack-destination", folder).trim());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installs = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"],
  pnpm: ["pnpm", "install", "--prefer-offline", "--reporter=silent", "--ignore-scripts"],
} as const;

test("the tarball holds what programs need, and nothing else", () => {
  const files = run(folder, "tar", "-tzf", tarball).trim().split("\n");
  expect(files.filter((file) => !/^package\/dist\/.*\.(js|d\.ts)$/.test(file)).sort()).toEqual([
    "package/CHANGELOG.md",
    "package/LICENSE",
    "package/README.md",
    "package/connectors.schema.json",
    "package/package.json",
    "package/policy.schema.json",
  ]);
  expect(files.filter((file) => /\/(test|tools|examples)\//.test(file))).toEqual([]);
});

describe.each(Object.entries(installs))("installed by %s into an empty project", (manager, [program, ...args]) => {
  let project: string;

  beforeAll(() => {
    project = join(folder, manager);
    mkdirSync(project);
    const dependencies = {
      "@pulumi/pulumi": versions["@pulumi/pulumi"],
      "@types/node": versions["@types/node"],
      "pulumi-dataspace": `file:${tarball}`,
      typescript: versions["typescript"],
    };
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
    copyFileSync(join(root, "examples/quickstart/index.ts"), join(project, "index.ts"));
    for (const file of ["examples/demo/stack.ts", "test/package/driver.ts"]) {
      mkdirSync(dirname(join(project, file)), { recursive: true });
      copyFileSync(join(root, file), join(project, file));
    }
    writeFileSync(join(project, "readme.ts"), readmeProgram());
    run(project, program, ...args);
  });

  test("CommonJS programs require it, ES modules import it", () => {
    const names = "Connector,fromCommand,fromEnv,fromFile,getConnector,getConnectors,isConnectorError";
    writeFileSync(join(project, "program.cjs"), 'console.log(Object.keys(require("pulumi-dataspace")).sort().join());');
    writeFileSync(
      join(project, "program.mjs"),
      'import * as sdk from "pulumi-dataspace"; console.log(Object.keys(sdk).sort().join());',
    );
    expect(run(project, "node", "program.cjs").trim()).toBe(names);
    expect(run(project, "node", "program.mjs").trim()).toBe(names);
  });

  test.each(["nodenext", "bundler"])("TypeScript checks the quickstart and every declaration (%s)", (resolution) => {
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const flags = `--noEmit --strict --skipLibCheck false --target es2023 --types node --module ${module} --moduleResolution ${resolution}`;
    const compiler = "node_modules/typescript/bin/tsc";
    expect(run(project, "node", compiler, ...flags.split(" "), "index.ts", "readme.ts")).toBe("");
  });

  test("the command runs", () => {
    expect(run(project, join(project, "node_modules/.bin/pulumi-dataspace"), "--help")).toMatch(
      /^ {2}emulator +start a local stand-in for the service, to try programs against$/m,
    );
  });

  test.each(["index.ts", "readme.ts"])("%s (the quickstart, the README's program) goes up and down", (file) => {
    expect(run(project, "node", "test/package/driver.ts", file).trim().split("\n")).toEqual([
      '{"acme":"RUNNING","archive":"STOPPED","plain":"RUNNING"}',
      "GET /connectors/acme-archive/stop 200",
      "GET /connectors/acme-plain/stop 200",
      "GET /connectors/acme/stop 200",
      "POST /connectors/acme 201",
      "POST /connectors/acme-archive 201",
      "POST /connectors/acme-plain 201",
    ]);
  });
});

/** The first TypeScript block of the README: a complete program. */
function readmeProgram(): string {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
  return String(program);
}
