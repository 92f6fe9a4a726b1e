import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = new URL("../..", import.meta.url).pathname;
const { dependencies, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  version: string;
};
let packed: string;
let folder: string;

beforeAll(() => {
  packed = mkdtempSync(join(tmpdir(), "pulumi-dataspace-packed-"));
  const tarball = execFileSync("npm", ["pack", "--silent", "--pack-destination", packed], { cwd: root }).toString();
  execFileSync("tar", ["-xzf", tarball.trim()], { cwd: packed });
});
afterAll(() => rmSync(packed, { recursive: true, force: true }));

/** The program of a project that declares its connector through a library of components. */
const program = `
import { Platform } from "@acme/platform";
export const statuses = new Platform("platform").status;
`;
const library = `
import * as pulumi from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";
export class Platform extends pulumi.ComponentResource {
  constructor(name) {
    super("acme:platform:Platform", name);
    this.status = new Connector("acme", {}, { parent: this }).status;
  }
}
`;

function write(path: string, text: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof text === "string" ? text : JSON.stringify(text));
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(target.startsWith("/") ? target : join(folder, target), join(folder, path));
}

/** The package, with the packages that it needs beside it, in this node_modules. */
function place(modules: string): void {
  mkdirSync(join(folder, modules), { recursive: true });
  execFileSync("cp", ["-r", join(packed, "package"), join(folder, modules, "pulumi-dataspace")]);
  sdk(modules);
  for (const name of Object.keys(dependencies)) link(`${modules}/${name}`, join(root, "node_modules", name));
}

function sdk(modules: string): void {
  link(`${modules}/@pulumi/pulumi`, join(root, "node_modules/@pulumi/pulumi"));
}

function placeLibrary(path: string, more: object = { dependencies: { "pulumi-dataspace": version } }): void {
  write(`${path}/package.json`, { name: "@acme/platform", type: "module", exports: { import: "./index.js" }, ...more });
  write(`${path}/index.js`, library);
}

function placeProject(path: string, needs: object = { dependencies: { "@acme/platform": "1.0.0" } }): void {
  write(`${path}/package.json`, { private: true, type: "module", ...needs });
  write(`${path}/index.js`, program);
}

/** As pnpm installs: a package sees what it depends on itself, in a folder of links. */
function isolated(): string {
  const store = "shop/node_modules/.pnpm";
  place(`${store}/pulumi-dataspace@${version}/node_modules`);
  placeLibrary(`${store}/@acme+platform@1.0.0/node_modules/@acme/platform`);
  const beside = `${store}/@acme+platform@1.0.0/node_modules`;
  sdk(beside);
  link(`${beside}/pulumi-dataspace`, `${store}/pulumi-dataspace@${version}/node_modules/pulumi-dataspace`);
  sdk("shop/node_modules");
  link("shop/node_modules/@acme/platform", `${beside}/@acme/platform`);
  placeProject("shop");
  return "shop";
}

const layouts: Record<string, () => string> = {
  "pnpm's, where the project depends on the library alone": isolated,
  "pnpm's, where the program lies in a folder below the project's": () => {
    isolated();
    write("shop/infra/index.js", program);
    return "shop/infra";
  },
  "pnpm's, with one more library in between": () => {
    isolated();
    const store = "shop/node_modules/.pnpm";
    write(`${store}/@acme+all@1.0.0/node_modules/@acme/all/package.json`, {
      type: "module",
      exports: { import: "./index.js" },
      dependencies: { "@acme/platform": "1.0.0" },
    });
    write(`${store}/@acme+all@1.0.0/node_modules/@acme/all/index.js`, 'export * from "@acme/platform";');
    link(`${store}/@acme+all@1.0.0/node_modules/@acme/platform`, "shop/node_modules/@acme/platform");
    link("shop/node_modules/@acme/all", `${store}/@acme+all@1.0.0/node_modules/@acme/all`);
    rmSync(join(folder, "shop/node_modules/@acme/platform"));
    link(
      `shop/node_modules/.pnpm/node_modules/@acme/platform`,
      `${store}/@acme+platform@1.0.0/node_modules/@acme/platform`,
    );
    placeProject("shop", { dependencies: { "@acme/all": "1.0.0" } });
    write("shop/index.js", program.replace("@acme/platform", "@acme/all"));
    return "shop";
  },
  "npm's workspaces, hoisted": () => {
    place("node_modules");
    placeLibrary("packages/platform");
    link("node_modules/@acme/platform", "packages/platform");
    placeProject("apps/shop");
    return "apps/shop";
  },
  "a library that is linked from its own clone, with the package as its peer": () => {
    placeLibrary("elsewhere/platform", { peerDependencies: { "pulumi-dataspace": version } });
    place("elsewhere/platform/node_modules");
    sdk("shop/node_modules");
    link("shop/node_modules/@acme/platform", "elsewhere/platform");
    placeProject("shop");
    return "shop";
  },
};

function drive(layout: () => string): { readonly printed: string; readonly failed: string } {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-dataspace-layout-")));
  try {
    const args = [join(root, "test/package/driver.ts"), "index.js"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: join(folder, layout()), encoding: "utf8" });
    return { printed: stdout, failed: stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each(Object.entries(layouts))("the engine's process finds the provider in %s", (_name, layout) => {
  const { printed, failed } = drive(layout);
  expect(failed).toBe("");
  expect(printed.trim().split("\n")).toEqual([
    '"RUNNING"',
    "GET /connectors/acme/stop 200",
    "POST /connectors/acme 201",
  ]);
});

test("where nothing leads to the package, the preview says what to install", () => {
  const { failed } = drive(() => {
    const project = isolated();
    placeProject(project, { dependencies: {} });
    return project;
  });
  const said = failed.replace(/\s+/g, " ");
  expect(said).toMatch(
    /Could not find the package pulumi-dataspace: neither the project in \S+\/shop nor anything that it /,
  );
  expect(said).toContain("Next: Add pulumi-dataspace to the project's dependencies, such as with: npm install ");
  expect(failed).not.toMatch(/Cannot find module|MODULE_NOT_FOUND/);
});
