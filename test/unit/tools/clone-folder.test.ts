import { expect, test } from "vitest";
import config from "../../../vitest.config.js";

interface Project {
  readonly test: {
    readonly name: string;
    readonly server?: { readonly deps: { readonly external: readonly RegExp[] } };
  };
}

test("the built package is tested as it is, and the tests run in a folder of any name, the package's too", () => {
  const projects = (config.test?.projects ?? []) as unknown as readonly Project[];
  const external = projects.find(({ test: { name } }) => name === "engine")?.test.server?.deps.external ?? [];
  const isExternal = (path: string) => external.some((pattern) => pattern.test(path));
  expect(isExternal("/home/ann/pulumi-dataspace/test/leaks/canaries.ts")).toBe(false);
  expect(isExternal("/home/ann/pulumi-dataspace/emulator/index.ts")).toBe(false);
  expect(isExternal("/home/ann/pulumi-dataspace/dist/sdk/index.js")).toBe(true);
  expect(isExternal("/home/ann/clone/dist/provider/api/client.js")).toBe(true);
  expect(isExternal("pulumi-dataspace/pipeline")).toBe(true);
});
